// Which functions of the browser half run while pages come to life and somebody begins to use them:
// `make later`. Their numbers go to the file that CALLED names, as a JSON list.
import type { CDPSession, Dialog, Page } from "@playwright/test";
import { writeFile } from "node:fs/promises";
import { become } from "../support/furnished.ts";
import { expect, test, type World } from "../support/world.ts";

/** Pages that somebody begins to use: a list, a form, a pop-up. */
const FIRST_USED = ["/settings/general/members", "/settings/general/store-details", "/members/new"];
const ROLES = ["owner", "marketer", "custom", "nobody"] as const;

/** V8 compiles a function when it is called first, and says so. */
interface Compiled {
  name: string;
  args: { func_index: number };
}

/** The numbers of the functions that were called while `act` ran, for the first time in this browser. */
async function called(devtools: CDPSession, act: () => Promise<unknown>): Promise<number[]> {
  const events: Compiled[] = [];
  const collect = ({ value }: { value: object[] }) => void events.push(...(value as Compiled[]));
  devtools.on("Tracing.dataCollected", collect);
  await devtools.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["v8.wasm"] } });
  await act();
  const complete = new Promise((done) => devtools.once("Tracing.tracingComplete", done));
  await devtools.send("Tracing.end");
  await complete;
  devtools.off("Tracing.dataCollected", collect);
  return events.filter(({ name }) => name === "wasm.CompileLazy").map(({ args }) => args.func_index);
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("html.hydrated").waitFor({ state: "attached" });
  // What hydration puts off until a frame was drawn.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
}

/** What people do first. Nothing that is asked for then is answered: that is the rest's work. */
function begin(): Promise<void> {
  const few = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].slice(0, 3);
  for (const field of few("main :is(input, textarea):enabled")) field.dispatchEvent(new Event("input", { bubbles: true }));
  for (const choice of few("main select:enabled")) choice.dispatchEvent(new Event("change", { bubbles: true }));
  for (const form of few("main form[method=post]")) (form as HTMLFormElement).requestSubmit();
  few("main a[href^='/']:not([rel=external], [download])")[0]?.click();
  return new Promise((done) => setTimeout(done, 300));
}

/** One page of each kind: what differs in names, numbers and topics only is drawn by the same functions. */
function kinds(pages: World["pages"]): string[] {
  const kind = (path: string) => path.replace(/\/[^/]*\d[^/]*/g, "/*").replace(/(help|new|history)\/.*/, "$1/*");
  const all = pages.map(({ path }) => path).filter((path) => !path.startsWith("/dev/"));
  return [...new Map(all.map((path) => [kind(path), path])).values()];
}

/** What the owner, who is signed in, calls by beginning to use a page. */
async function use(page: Page, devtools: CDPSession, urls: string[], found: Set<number>): Promise<void> {
  // What was typed is let go.
  const accept = (dialog: Dialog) => void dialog.accept();
  page.on("dialog", accept);
  // Where there is no connection any more, the rest cannot be had, and just that must be said.
  await page.route("**/api/**", (route) => route.abort());
  for (const url of urls) {
    await open(page, url);
    for (const number of await called(devtools, () => page.evaluate(begin))) found.add(number);
  }
  await page.unroute("**/api/**");
}

async function record(page: Page, { server, people, pages }: World): Promise<Set<number>> {
  const devtools = await page.context().newCDPSession(page);
  const found = new Set<number>();
  const paths = kinds(pages);
  const some = paths.filter((_, index) => index % 5 === 0);
  for (const role of ROLES) {
    await become(page, server.url, role === "nobody" ? undefined : people[role]);
    for (const path of role === "owner" ? paths : some) {
      for (const number of await called(devtools, () => open(page, server.url + path))) found.add(number);
    }
    console.log(role, found.size);
    if (role === "owner") await use(page, devtools, FIRST_USED.map((place) => server.url + paths.find((path) => path.endsWith(place))!), found);
  }
  return found;
}

test("record", async ({ page, watch, world }) => {
  watch.answers(404);
  watch.answers(403);
  watch.says(/^error: Failed to load resource: net::ERR_FAILED/);
  const found = await record(page, world);
  expect(found.size).toBeGreaterThan(1000);
  await writeFile(process.env["CALLED"]!, JSON.stringify([...found].sort((a, b) => a - b)));
});
