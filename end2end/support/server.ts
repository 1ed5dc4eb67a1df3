// A server of its own for each worker: a free port, a temporary folder, demo data.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

export const root = resolve(import.meta.dirname, "../..");
const program = process.env["STORE_MANAGER_BIN"] ?? join(root, "target/debug/store-manager");

/** What the server prints once it listens. */
const LISTENING = /^Store Manager is at (\S+)$/;

/** What it keeps in its folder. */
const DATABASE = "store-manager.db";
const SECRET = "secret.key";

/** Environment variables of the server without their prefix. */
export type Settings = Record<string, string>;

export class Server {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly process: ChildProcess,
    private readonly settings: Settings,
  ) {}

  /** The process's identifier. */
  get pid(): number {
    return this.process.pid!;
  }

  /** Starts a server with demo data in an empty folder. */
  static async start(settings: Settings = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "store-manager-"));
    return Server.on(folder, {
      LISTEN: `127.0.0.1:${await freePort()}`,
      DATA_DIR: folder,
      // Each test says that it comes from an address of its own, so that limits count apart.
      TRUSTED_PROXIES: "127.0.0.1",
      // Providers of single sign-on that tests start themselves.
      OUTGOING_EXCEPTIONS: "127.0.0.0/8",
      LOG: "warn",
      ...settings,
    });
  }

  private static async on(folder: string, settings: Settings): Promise<Server> {
    const child = spawn(program, ["serve", "--demo"], {
      cwd: folder,
      env: environment(settings),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const server = new Server(`http://${settings["LISTEN"]}`, folder, child, settings);
    await server.listening();
    const health = await fetch(`${server.url}/healthz`);
    if (health.status !== 200) throw new Error(`/healthz answers ${health.status}`);
    return server;
  }

  private async listening(): Promise<void> {
    const { stdout } = this.process;
    await new Promise<void>((done, failed) => {
      this.process.once("error", failed);
      this.process.once("exit", (code) => failed(new Error(`${program} ended with ${code} before it listened`)));
      createInterface({ input: stdout! }).on("line", (line) => LISTENING.test(line) && done());
    });
  }

  /** Runs another command of the program on the same data; gives its exit code and output. */
  async command(...args: string[]): Promise<{ code: number | null; output: string }> {
    const child = spawn(program, args, { cwd: this.folder, env: environment(this.settings), stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    const code = await new Promise<number | null>((done, failed) => child.once("close", done).once("error", failed));
    return { code, output };
  }

  /** All that is stored, as lines of SQL; sessions that were merely used are no difference. */
  async stored(): Promise<string[]> {
    const copy = `.restore '${join(this.folder, DATABASE)}'`;
    const text = await run("sqlite3", ":memory:", copy, "UPDATE person SET last_seen_at = 0", "UPDATE session SET last_used_at = 0, longest_pause = 0", ".dump");
    return text.split("\n");
  }

  /** Another server with a copy of the data as it is now. */
  async twin(): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "store-manager-"));
    await run("sqlite3", join(this.folder, DATABASE), `.backup '${join(folder, DATABASE)}'`);
    await copyFile(join(this.folder, SECRET), join(folder, SECRET));
    return Server.on(folder, { ...this.settings, LISTEN: `127.0.0.1:${await freePort()}`, DATA_DIR: folder });
  }

  /** Kills the process as a power cut would, and starts another on the same data and port. */
  async crash(): Promise<Server> {
    await this.end("SIGKILL");
    return Server.on(this.folder, this.settings);
  }

  /** Ends the process gracefully and removes its data. */
  async stop(): Promise<void> {
    const code = await this.end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server ended with ${code}`);
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { process: child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((done) => child.once("exit", done));
    child.kill(signal);
    return ended;
  }
}

/** What another program prints. */
async function run(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 1 << 28 });
  return stdout;
}

function environment(settings: Settings): NodeJS.ProcessEnv {
  const prefix = "STORE_MANAGER_";
  const others = Object.entries(process.env).filter(([key]) => !key.startsWith(prefix));
  const own = Object.entries(settings).map(([key, value]) => [prefix + key, value]);
  return Object.fromEntries([...others, ...own]);
}

/** A port that nobody listens on, below those that the system gives to outgoing connections. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(true)));
  });
}
