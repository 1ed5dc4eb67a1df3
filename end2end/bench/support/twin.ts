// A twin of our page: its data, its build and its production server.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../../support/server.ts";
import { dress } from "./assets.ts";
import { build } from "./build.ts";
import { fill, MEMBERS_PAGE } from "./twin-data.ts";
import type { Side } from "./side.ts";

export interface Make {
  name: string;
  /** Its folder. */
  folder: string;
  /** Where the look of our page goes in it. */
  styles: string;
  files: string;
  /** What builds it, and what serves it at a port: arguments of node. */
  build: string[];
  serve: (port: number) => string[];
  /** What the server prints once it listens. */
  ready: RegExp;
}

/** Builds a twin in the look of our page and starts it. */
export async function twin(make: Make, ours: Side): Promise<Side> {
  const folder = join(import.meta.dirname, "..", make.folder);
  await dress(ours, join(folder, make.styles), join(folder, make.files));
  const production = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await build(folder, join(folder, "../twin"), make.build, production);

  const data = await mkdtemp(join(tmpdir(), "store-manager-twin-"));
  const session = fill(join(data, "twin.db"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, make.serve(port), {
    cwd: folder,
    env: { ...process.env, ...production, TWIN_DATABASE: join(data, "twin.db"), PORT: String(port), HOST: "127.0.0.1", ORIGIN: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await listening(child, make.ready);
  return {
    name: make.name,
    url,
    members: MEMBERS_PAGE,
    session,
    pid: child.pid!,
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Waits until a server says that it is ready. */
async function listening(child: ChildProcess, ready: RegExp): Promise<void> {
  await new Promise<void>((done, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`${child.spawnargs.join(" ")} ended with ${code}`)));
    createInterface({ input: child.stdout! }).on("line", (line) => ready.test(line) && done());
  });
}
