import type { Site } from "../support/site.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

/** How bright the page is, from 0 to 255. */
async function brightness(site: Site): Promise<number> {
  const colour = await site.page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  const channels = colour.match(/[\d.]+/g)!.slice(0, 3).map(Number);
  return channels.reduce((sum, channel) => sum + channel, 0) / 3;
}

async function choose(site: Site, theme: "system" | "light" | "dark"): Promise<void> {
  const menu = await site.openMenu();
  await site.leave(() => menu.getByRole("button", { name: t(`nav.theme_${theme}`) }).click());
}

test("the chosen colours are there from the first byte on", { tag: "@main" }, async ({ site, company }) => {
  await site.as(company.administrator);
  await site.page.emulateMedia({ colorScheme: "light" });
  await site.open(company.home);
  expect(await brightness(site)).toBeGreaterThan(200);

  await choose(site, "dark");
  await expect(site.page).toHaveURL(company.home);
  expect(await brightness(site)).toBeLessThan(60);
  await expect(site.page.locator("html")).toHaveAttribute("data-theme", "dark");
  const sent = await site.page.request.get(company.details, { headers: { accept: "text/html" } });
  expect(await sent.text()).toMatch(/<html[^>]* data-theme="dark"/);
  await expect((await site.openMenu()).getByRole("button", { name: t("nav.theme_dark") })).toHaveAttribute("aria-pressed", "true");
  await site.reload();

  // It is the person's, and the browser remembers it after signing out.
  await site.signOut();
  expect(await brightness(site)).toBeLessThan(60);
});

test("light is light on a dark device, and the device is followed again", async ({ site, company }) => {
  await site.as(company.administrator);
  await site.page.emulateMedia({ colorScheme: "dark" });
  await site.open(company.home);
  expect(await brightness(site)).toBeLessThan(60);
  await choose(site, "light");
  expect(await brightness(site)).toBeGreaterThan(200);
  await choose(site, "system");
  expect(await brightness(site)).toBeLessThan(60);
  await expect(site.page.locator("html")).not.toHaveAttribute("data-theme");
});
