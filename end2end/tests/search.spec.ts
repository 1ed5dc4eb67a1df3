import { violations } from "../support/axe.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("a setting is found by almost what it is called, and shown", { tag: "@main" }, async ({ site, company }) => {
  const { page } = site;
  await site.as(company.administrator);
  await site.open(company.home);
  if (site.scripted) {
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: t("find.label") });
    await expect(field).toBeFocused();
    await page.keyboard.type("psotal");
    const option = page.getByRole("option", { name: "Postal code" }).first();
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id"))!);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("ArrowDown");
    await expect(option).toHaveAttribute("aria-selected", "false");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
  } else {
    await page.goto(`/search?q=psotal&in=${company.home.split("/").pop()}`);
    await site.link("Postal code").first().click();
  }
  await site.shows("Store details");
  await expect(page).toHaveURL(/#postal_code$/);
  await expect(site.field("postal_code")).toBeInViewport();
  if (site.scripted) await expect(site.field("postal_code")).toBeFocused();
  await expect(page.locator(".field", { has: site.field("postal_code") })).not.toHaveCSS("box-shadow", "none");
});
