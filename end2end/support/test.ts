// What every test gets: a server, the site in a browser that must stay silent, a company.
import { test as base } from "@playwright/test";
import { Client } from "./client.ts";
import { Company, type Person } from "./company.ts";
import { Postgres } from "./postgres.ts";
import { Server } from "./server.ts";
import { Site } from "./site.ts";
import { Watch } from "./watch.ts";

export { expect } from "@playwright/test";

export interface SiteOptions {
  /** What the server keeps its data in. */
  database: "sqlite" | "postgres";
}

export interface Mode {
  /** Whether pages run wasm. */
  scripted: boolean;
}

interface Worker {
  postgres: Postgres | undefined;
  server: Server;
}

interface Test {
  /** The address that this test's requests come from. */
  address: string;
  /** Fails the test when a browser complains about anything. */
  watch: Watch;
  /** The site, nobody signed in. */
  site: Site;
  /** Opens the site in another browser, as this person if one is named. */
  elsewhere: (person?: Person) => Promise<Site>;
  /** Requests without a browser. */
  client: Client;
  company: Company;
}

let tests = 0;

export const test = base.extend<Test & Mode, Worker & SiteOptions>({
  scripted: [true, { option: true }],
  database: ["sqlite", { option: true, scope: "worker" }],

  postgres: [
    async ({ database }, use) => {
      const postgres = database === "postgres" ? await Postgres.start() : undefined;
      await use(postgres);
      await postgres?.stop();
    },
    { scope: "worker" },
  ],

  server: [
    async ({ postgres }, use) => {
      const server = await Server.start(postgres ? { DATABASE_URL: postgres.url } : {});
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  address: async ({}, use, info) => {
    tests += 1;
    await use(`10.${info.workerIndex % 256}.${tests >> 8}.${tests % 256}`);
  },

  baseURL: async ({ server }, use) => use(server.url),
  extraHTTPHeaders: async ({ address }, use) => use({ "x-forwarded-for": address }),

  watch: [
    async ({ context, scripted }, use) => {
      const watch = new Watch(scripted);
      watch.add(context);
      await use(watch);
      watch.finish();
    },
    { auto: true },
  ],

  site: async ({ page, scripted }, use) => use(new Site(page, scripted)),

  elsewhere: async ({ browser, watch, scripted }, use) => {
    const opened: { close(): Promise<void> }[] = [];
    await use(async (person) => {
      // It has the options of the test's project.
      const context = await browser.newContext();
      opened.push(context);
      watch.add(context);
      const site = new Site(await context.newPage(), scripted);
      if (person) await site.as(person);
      return site;
    });
    for (const context of opened) await context.close();
  },

  client: async ({ server, address }, use) => use(new Client(server.url, address)),
  company: async ({ server, address }, use) => use(await Company.found(server.url, address)),
});
