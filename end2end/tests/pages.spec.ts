import { violations } from "../support/axe.ts";
import { PLACES } from "../support/pages.ts";
import { sameAsSent } from "../support/same.ts";
import { expect, test } from "../support/test.ts";

// The checker is a script of its own: only the site's scripts are kept from running.
test.use({ javaScriptEnabled: true });
test.beforeEach(async ({ page, scripted }) => {
  if (!scripted) await page.route("**/pkg/start.*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
});

for (const { name, path, as, status, then } of PLACES) {
  test(`${name} is accessible in light and dark, fits and hydrates`, { tag: "@main" }, async ({ site, company, watch }) => {
    const { page } = site;
    if (as === "marketer") await site.as(await company.join("Jan Nowak", "marketer"));
    else if (!as) await site.as(company.administrator);
    if (status) watch.answers(status);

    const response = await page.goto(await path(company));
    expect(response!.status()).toBe(status ?? 200);
    await site.alive();
    if (site.scripted) await sameAsSent(page, await response!.text());
    if (name.endsWith("conflict")) await company.change({ city: "Gdańsk" });
    await then?.(site);

    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page).toHaveTitle(/\S+.* – Store Manager$/);
    // A page that a form led to may be there before its style.
    await page.waitForLoadState();
    const lists = await page.locator("select").evaluateAll((lists) => lists.map((list) => [...(list as HTMLSelectElement).options].map(({ value }) => value)));
    for (const values of lists) expect(new Set(values).size, `a list offers each choice once: ${values}`).toBe(values.length);
    // What stands in for scripts is shown at once where none may run, but after four seconds here.
    if (!site.scripted) await page.evaluate(() => document.documentElement.getAnimations().forEach((waiting) => waiting.finish()));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, "pixels that one would have to scroll sideways").toBeLessThanOrEqual(0);

    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, "colours")).toEqual([]);
  });
}
