// A real mail server on a free port: STARTTLS with a certificate made for the test, and sign-in.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type Delivered = { to: string[]; secure: boolean; user: string; text: string };

export const USER = "console@console.example";
export const SECRET = "a secret of the mail server";

export class MailServer {
  readonly mails: Delivered[] = [];
  private readonly refusals = new Map<string, { code: number; words: string }>();

  private constructor(
    private readonly server: SMTPServer,
    private readonly folder: string,
  ) {}

  static async start(): Promise<MailServer> {
    const folder = mkdtempSync(join(tmpdir(), "store-manager-mail-"));
    certify(folder);
    const file = (name: string) => readFileSync(join(folder, name));
    let mailServer: MailServer;
    const server = new SMTPServer({
      key: file("key.pem"),
      cert: file("cert.pem"),
      authMethods: ["PLAIN", "LOGIN"],
      // Nobody may sign in before the line is private.
      allowInsecureAuth: false,
      onAuth: ({ username, password }, session, done) => {
        const right = session.secure && username === USER && password === SECRET;
        done(right ? null : new Error("wrong user or password"), right ? { user: username } : undefined);
      },
      onRcptTo: ({ address }, _, done) => {
        const refusal = mailServer.refusals.get(address);
        mailServer.refusals.delete(address);
        done(refusal ? Object.assign(new Error(refusal.words), { responseCode: refusal.code }) : null);
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const to = session.envelope.rcptTo.map((recipient) => recipient.address);
          const text = Buffer.concat(parts).toString("utf8");
          mailServer.mails.push({ to, secure: session.secure, user: String(session.user), text });
          done();
        });
      },
    });
    // What clients do wrong is the test's matter.
    server.on("error", () => {});
    mailServer = new MailServer(server, folder);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
    return mailServer;
  }

  /** What the program under test is told of it. */
  settings(password = SECRET): Record<string, string> {
    const { port } = this.server.server.address() as AddressInfo;
    const sign = `${encodeURIComponent(USER)}:${encodeURIComponent(password)}`;
    return {
      SMTP_URL: `smtp://${sign}@localhost:${port}?tls=required`,
      SMTP_FROM: "Store Manager <console@console.example>",
      SMTP_CA_FILE: join(this.folder, "authority.pem"),
    };
  }

  /** Answers the next mail to this address with a code and words instead of taking it. */
  refuse(address: string, code: number, words: string): void {
    this.refusals.set(address, { code, words });
  }

  /** Whether that happened. */
  refused(address: string): boolean {
    return !this.refusals.has(address);
  }

  /** The mails to this address so far. */
  to(address: string): Delivered[] {
    return this.mails.filter((mail) => mail.to.includes(address));
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => this.server.close(() => done()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The address of a mail's button, as a person finds it in the text part. */
export function link(mail: Delivered): string {
  const text = mail.text
    .split(/\r\n--[^\r\n]+\r\n/)
    .filter((part) => /content-type: text\/plain/i.test(part))
    .map(decode)
    .join("\n");
  const found = /https?:\/\/\S+\/invitations\/[\w-]+/.exec(text);
  if (!found) throw new Error(`no link in ${mail.text}`);
  return new URL(found[0]).pathname;
}

/** A part of a mail as text. */
function decode(part: string): string {
  const [head = "", ...rest] = part.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
  if (!/transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body.replaceAll(/=\r\n/g, "").replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** An authority of the test's own, and a certificate of it for localhost. */
function certify(folder: string): void {
  const openssl = (...options: string[]) => execFileSync("openssl", options, { cwd: folder, stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-keyout", "authority.key", "-out", "authority.pem", "-subj", "/CN=Authority of a test");
  openssl("req", ...key.slice(0, 5), "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=localhost");
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=critical,CA:FALSE\n");
  const authority = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial"];
  openssl("x509", "-req", "-in", "request.pem", ...authority, "-days", "2", "-out", "cert.pem", "-extfile", "names");
}
