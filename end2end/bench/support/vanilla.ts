// The page by hand as a side, within this process: it waits while a browser works.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../support/server.ts";
import { serve } from "../vanilla/server.ts";
import { dress } from "./assets.ts";
import type { Side } from "./side.ts";
import { fill, MEMBERS_PAGE, STORE } from "./twin-data.ts";

export async function vanilla(ours: Side): Promise<Side> {
  const folder = await mkdtemp(join(tmpdir(), "store-manager-vanilla-"));
  await dress(ours, join(folder, "styles.css"), folder);
  const session = fill(join(folder, "twin.db"));
  process.env["TWIN_DATABASE"] = join(folder, "twin.db");
  const port = await freePort();
  const close = await serve(STORE, MEMBERS_PAGE, folder, port);
  return {
    name: "vanilla JavaScript",
    url: `http://127.0.0.1:${port}`,
    members: MEMBERS_PAGE,
    session,
    pid: process.pid,
    stop: async () => {
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
