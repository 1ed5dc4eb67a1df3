// The time before a page has come to life.
import type { Page } from "@playwright/test";
import { Members } from "../support/members.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

/** Keeps the browser half back until it is let go. */
async function held(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route("**/app.*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("@scripted a role that is chosen before is changed then", async ({ page, site, company }) => {
  await company.join("Jan Nowak", "marketer");
  const members = new Members(site, company);
  await site.as(company.administrator);
  const release = await held(page);
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
    const release = await held(page);
    await page.goto(company.members);
    await page.evaluate(() => {
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
    await page.unrouteAll();
  }
});

test("@scripted where a page does not come to life its lists have buttons", async ({ page, site, watch, company }) => {
  watch.says(/without its browser half|ERR_FAILED/);
  await company.join("Jan Nowak", "marketer");
  const members = new Members(site, company);
  await site.as(company.administrator);
  await page.route("**/app.*.wasm", (route) => route.abort());
  await page.goto(company.members);
  await members.role("Jan Nowak").selectOption("analyst");
  await members.row("Jan Nowak").getByRole("button", { name: t("common.change") }).click();
  await expect(members.role("Jan Nowak")).toHaveValue("analyst");
  await site.told(t("notice.role_changed"));
});
