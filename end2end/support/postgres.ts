// A PostgreSQL that lives as long as the test worker.
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./server.ts";

export class Postgres {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<Postgres> {
    const child = spawn(join(root, ".ci/throwaway-postgres"), { stdio: ["pipe", "pipe", "inherit"] });
    const url = await new Promise<string>((done, failed) => {
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`PostgreSQL ended with ${code} before it was ready`)));
      createInterface({ input: child.stdout }).once("line", done);
    });
    return new Postgres(url, child);
  }

  /** Runs one statement. */
  async run(statement: string): Promise<void> {
    const child = spawn("psql", ["--quiet", "--set=ON_ERROR_STOP=1", this.url, "--command", statement], { stdio: "inherit" });
    const code = await new Promise<number | null>((done, failed) => child.once("exit", done).once("error", failed));
    if (code !== 0) throw new Error(`psql ended with ${code}`);
  }

  /** It stops and removes itself when nobody holds its input any more. */
  async stop(): Promise<void> {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.stdin!.end();
    await ended;
  }
}
