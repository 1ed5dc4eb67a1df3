// The time before a page has come to life.
import type { CDPSession, Page } from "@playwright/test";
import { Members } from "../support/members.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

const BROWSER_HALF = "**/app.*.wasm";
const FONT = "**/inter-europe.*.woff2";

/** Keeps a file back until it is let go. */
async function held(page: Page, file: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route(file, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("@scripted a role that is chosen before is changed then", async ({ page, site, company }) => {
  await company.join("Jan Nowak", "marketer");
  const members = new Members(site, company);
  await site.as(company.administrator);
  const release = await held(page, BROWSER_HALF);
  await page.goto(company.members);
  await members.role("Jan Nowak").selectOption("analyst");
  release();
  await site.told(t("notice.role_changed"));
  await expect(members.role("Jan Nowak")).toHaveValue("analyst");
});

test("@scripted nothing moves when a page comes to life", async ({ page, site, company }) => {
  await company.join("Jan Nowak", "marketer");
  await site.as(company.administrator);
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const release = await held(page, BROWSER_HALF);
    // Other letters never come: of them there is a test of its own. A page counts as loaded when its fonts are.
    const letters = await held(page, FONT);
    await page.goto(company.members, { waitUntil: "domcontentloaded" });
    await page.evaluate(() => {
      // On a slow machine, too: after four seconds buttons would stand in for what runs by itself.
      for (const waiting of document.documentElement.getAnimations()) waiting.pause();
      const seen: string[] = [];
      Object.assign(globalThis, { moved: seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { sources: { node?: Element }[] })[]) {
          seen.push(...entry.sources.map(({ node }) => node?.outerHTML.slice(0, 80) ?? ""));
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    release();
    await site.alive();
    // What moves is told with the frame after the one in which it did.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
    expect(await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved), `${width}`).toEqual([]);
    letters();
    await page.waitForLoadState();
    await page.unrouteAll();
  }
});

test("@scripted where a page does not come to life its lists have buttons", async ({ page, site, watch, company }) => {
  watch.says(/without its browser half|ERR_FAILED/);
  await company.join("Jan Nowak", "marketer");
  const members = new Members(site, company);
  await site.as(company.administrator);
  await page.route(BROWSER_HALF, (route) => route.abort());
  await page.goto(company.members);
  await members.role("Jan Nowak").selectOption("analyst");
  await members.row("Jan Nowak").getByRole("button", { name: t("common.change") }).click();
  await expect(members.role("Jan Nowak")).toHaveValue("analyst");
  await site.told(t("notice.role_changed"));
});

test("@scripted a font that comes too late for the first paint lays out nothing anew", async ({ page, site }) => {
  const release = await held(page, FONT);
  await page.goto("/sign-in", { waitUntil: "domcontentloaded" });
  await site.alive();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const devtools = await page.context().newCDPSession(page);
  expect(await ours(devtools, "h1")).toEqual([false]);
  const asked = page.waitForResponse(FONT);
  release();
  await (await asked).finished();
  await page.evaluate(() => document.fonts.ready);
  expect(await ours(devtools, "h1")).toEqual([false]);
});

/** Of each font that an element's letters are drawn with, whether it is one that was loaded. */
async function ours(devtools: CDPSession, selector: string): Promise<boolean[]> {
  await devtools.send("DOM.enable");
  await devtools.send("CSS.enable");
  const { root } = await devtools.send("DOM.getDocument");
  const { nodeId } = await devtools.send("DOM.querySelector", { nodeId: root.nodeId, selector });
  const { fonts } = await devtools.send("CSS.getPlatformFontsForNode", { nodeId });
  return fonts.map(({ isCustomFont }) => isCustomFont);
}
