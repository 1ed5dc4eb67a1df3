// A page comes to life before all of its module is there (frontend/start.js).
import { Members } from "../support/members.ts";
import { neededNoMore } from "../support/rest.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("@scripted what is clicked before all has arrived happens then", async ({ page, site, company }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((done) => (arrive = done));
  await page.route("**/rest.*.wasm", async (route) => {
    await arrived;
    await route.continue();
  });
  await new Members(site, company).open(company.administrator);
  await page.locator(".toolbar > .primary").click();
  await page.locator("table a.danger").first().focus();
  await neededNoMore(page);
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  arrive();
  await expect(page.locator("dialog[open] input[name=email]")).toBeFocused();
});

test("@scripted what cannot wait is loaded at once", async ({ page, site, company }) => {
  // The fetch never ends; the request that holds everything up is another one.
  await page.route("**/rest.*.wasm", (route) => (route.request().resourceType() === "fetch" ? undefined : route.continue()));
  await new Members(site, company).open(company.administrator);
  await page.keyboard.press("Control+k");
  await page.locator(".palette input").fill("brand");
  await expect(page.locator(".palette")).toBeVisible();
});

test("@scripted where the rest cannot be had, it is said and tried again", async ({ page, site, watch, company }) => {
  watch.says(/^error: (half of what this page can do is asked for again when it is needed: TypeError|Failed to load resource: net::ERR_FAILED)/);
  let broken = true;
  await page.route("**/rest.*.wasm", (route) => (broken ? route.abort() : route.continue()));
  await new Members(site, company).open(company.administrator);
  await page.locator(".toolbar > .primary").click();
  await expect(page.locator("main")).toContainText(t("error.network"));
  broken = false;
  await page.goBack();
  await expect(page.locator("table")).toBeVisible();
});
