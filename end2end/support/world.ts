// A server with something in every room, of the proof's own, and all pages and forms of it.
import type { Browser } from "@playwright/test";
import { crawl, type Form, type Visited } from "./crawl.ts";
import { furnish, type Furnished } from "./furnished.ts";
import { OpenIdProvider } from "./provider.ts";
import { LONG, SEED } from "./seeded.ts";
import { Server } from "./server.ts";
import { test as base } from "./test.ts";

export { expect } from "./test.ts";

/** Tests that prove something of all pages and forms; the world is made once for each worker. */
export const test = base.extend<object, { world: World }>({
  world: [
    async ({ browser }, use) => {
      console.log(SEED);
      const world = await makeWorld(browser);
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 600_000 },
  ],
});
if (LONG) test.setTimeout(7_200_000);

export interface World extends Furnished {
  server: Server;
  /** One page of each kind that the Owner can see. */
  pages: Visited[];
  stop(): Promise<void>;
}

/** Makes one, with that browser. */
async function makeWorld(browser: Browser): Promise<World> {
  const server = await Server.start();
  const provider = await OpenIdProvider.start(server.url);
  const stop = async () => {
    await server.stop();
    await provider.stop();
  };
  try {
    const page = await browser.newPage();
    const furnished = await furnish(page, server, "10.255.0.1", provider.issuer);
    const pages = await crawl(page, furnished.starts);
    await page.close();
    return { ...furnished, server, pages, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One of each form that changes something. */
export function forms(pages: Visited[]): Form[] {
  const changing = pages.flatMap((visited) => visited.forms).filter((form) => form.method === "post" && form.action.startsWith("/api/"));
  return [...new Map(changing.map((form) => [form.action + form.fields.map((field) => field.name), form])).values()];
}
