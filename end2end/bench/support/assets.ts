// The look of our page, as the running program serves it: the twins must wear the same.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Side } from "./side.ts";

/** Writes our style sheet to `styles` and what it shows to `files`/pkg. */
export async function dress(ours: Side, styles: string, files: string): Promise<void> {
  const get = async (address: string) => {
    const response = await fetch(new URL(address, ours.url));
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const page = (await get("/sign-in")).toString();
  const found = (pattern: RegExp) => {
    const [, address] = pattern.exec(page) ?? [];
    if (!address) throw new Error(`our page has nothing like ${pattern}`);
    return address;
  };
  const css = (await get(found(/rel="stylesheet" href="([^"]+)"/))).toString();
  const fonts = [...css.matchAll(/url\(([^)]+\.woff2)\)/g)].map(([, address]) => address!);
  const copies: [from: string, to: string][] = [
    [found(/data-icons="([^"]+)"/), "/pkg/icons.svg"],
    [found(/rel="icon" href="([^"]+)"/), "/pkg/favicon.svg"],
    ...[...new Set(fonts)].map((address): [string, string] => [address, address]),
  ];
  await mkdir(join(files, "pkg"), { recursive: true });
  await mkdir(dirname(styles), { recursive: true });
  await writeFile(styles, css);
  for (const [from, to] of copies) await writeFile(join(files, to), await get(from));
}
