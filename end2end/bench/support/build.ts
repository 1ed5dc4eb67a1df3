// Builds a twin, unless what it is made from is what the last build was made from.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const STAMP = ".built-from";
/** What is installed, made by a build, or written by one. */
const MADE = /^(node_modules|\.next|\.svelte-kit|build|next-env\.d\.ts|\.built-from|tsconfig\.tsbuildinfo)$/;

async function digest(folders: string[], environment: Record<string, string>): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(environment));
  const add = async (path: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (MADE.test(entry.name)) continue;
      const inside = join(path, entry.name);
      if (entry.isDirectory()) await add(inside);
      else hash.update(inside).update(await readFile(inside));
    }
  };
  for (const folder of folders) await add(folder);
  return hash.digest("hex");
}

/** Runs `command` (arguments of node) in `folder`, which is made from itself, from `shared` and from `environment`. */
export async function build(folder: string, shared: string, command: string[], environment: Record<string, string>): Promise<void> {
  const stamp = join(folder, STAMP);
  const before = await readFile(stamp, "utf8").catch(() => "");
  if (before === (await digest([folder, shared], environment))) return;
  const env = { ...process.env, ...environment };
  await promisify(execFile)(process.execPath, command, { cwd: folder, env, maxBuffer: 1 << 26 });
  // A build may put its own sources in order.
  await writeFile(stamp, await digest([folder, shared], environment));
}
