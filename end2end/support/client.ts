// Talks to the server as its own pages do, without a browser: for what a test needs to be there.
import { attribute, fields, markup, rows, text } from "./drawn.ts";

export type Outcome = {
  done?: { notice: string | null; location: string };
  invalid?: { errors: { field: string; fault: unknown }[] };
  refused?: { refusal: string };
  stale?: { conflict: { version: number; fields: { field: string; mine_shown: string; theirs_shown: string; untouched: boolean }[] } };
};
export type Values = Record<string, string>;
export type Mail = { subject: string; text: string; link: string | null };
export type Member = { id: string; text: string };
export type Section = { version: number; values: Values };

const DETAILS = { group: "general", section: "store-details" };

export class Client {
  private readonly cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    /** The address that it says it comes from. */
    readonly address: string,
  ) {}

  /** The session's cookie, for a browser. */
  get session(): string {
    return this.cookies.get("session") ?? "";
  }

  /** Sends a form and gives its outcome. */
  async post(path: string, fields: Values): Promise<Outcome> {
    return this.send(path, { method: "POST", body: new URLSearchParams(fields) });
  }

  /** Sends a form that must be accepted; gives where it leads to. */
  async done(path: string, fields: Values): Promise<string> {
    const outcome = await this.post(path, fields);
    if (!outcome.done) throw new Error(`${path} answers ${JSON.stringify(outcome)}`);
    return outcome.done.location;
  }

  async get<T>(path: string, query: Values = {}): Promise<T> {
    return this.send(`${path}?${new URLSearchParams(query)}`, {});
  }

  /** The markup of a page. */
  async page(path: string): Promise<string> {
    return markup(await this.get("/api/panel", { path }));
  }

  /** The newest mail to this address. */
  async mailTo(address: string): Promise<Mail> {
    const mails = rows(await this.page("/dev/mailbox"));
    const found = mails.find((mail) => mail.text.split(/\s+/).includes(address));
    if (!found) throw new Error(`no mail to ${address}`);
    const letter = await this.page(`/dev/mailbox/${found.id}`);
    const [, button] = /<a ([^>]*rel="external"[^>]*)>/.exec(letter) ?? [];
    return { subject: text(/<h1>.*?<\/h1>/s.exec(letter)![0]).trim(), text: text(letter), link: button ? attribute(button, "href") : null };
  }

  /** The token of the link in the newest mail to this address. */
  async tokenTo(address: string): Promise<string> {
    return (await this.mailTo(address)).link!.split("/").pop()!;
  }

  async details(store: string): Promise<Section> {
    const page = await this.page(`/stores/${store}/settings/${DETAILS.group}/${DETAILS.section}`);
    const entries = Object.entries(fields(page));
    const [own, values] = [true, false].map((own) => Object.fromEntries(entries.filter(([name]) => name.startsWith("_") === own)));
    return { version: Number(own!["_version"]), values: values! };
  }

  /** The members of a store, and those invited. */
  async members(store: string): Promise<Member[]> {
    return rows(await this.page(`/stores/${store}/settings/general/members`));
  }

  /** Saves `values` over a version of the store's details. */
  async save(store: string, version: number, values: Values): Promise<Outcome> {
    const body = new FormData();
    const places = { _store: store, _group: DETAILS.group, _section: DETAILS.section, _version: String(version) };
    for (const [name, value] of Object.entries({ ...places, ...values })) body.append(name, value);
    return this.send("/api/settings/save", { method: "POST", body });
  }

  private async send<T>(path: string, init: RequestInit): Promise<T> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { accept: "application/json", cookie, "x-forwarded-for": this.address };
    const response = await fetch(this.url + path, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      this.cookies.set(name!, value!);
    }
    if (!response.ok) throw new Error(`${path} answers ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
