import { Details } from "../support/details.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("a stale save shows who changed what, and each field is kept or taken", { tag: "@main" }, async ({ site, company, elsewhere }) => {
  const other = await elsewhere(await company.join("Jan Nowak", "administrator"));
  const [mine, theirs] = [new Details(site, company), new Details(other, company)];
  await mine.open(company.administrator);
  await theirs.open();
  await other.type({ name: "Casa Nowak", city: "Gdańsk", region: "Pomorskie", country: "PL" });
  await theirs.save();

  await site.type({ legal_name: "Olmo y Asociados", city: "Toledo", region: "La Mancha" });
  await mine.submit();
  await expect(site.alert).toContainText(t("conflict.title"));
  for (const label of ["Store name", "City", "Region", "Country"]) {
    const changed = t("conflict.changed_by", { person: "Jan Nowak", time: t("time.now") });
    await expect(mine.conflict(label)).toContainText(changed);
  }
  // What only one side changed is no question.
  await expect(mine.conflict("Legal name")).toHaveCount(0);
  await expect(mine.conflict("City").getByRole("radio", { name: t("conflict.mine") })).toBeChecked();
  await expect(mine.conflict("City")).toContainText("Toledo");
  await expect(mine.conflict("City")).toContainText("Gdańsk");
  await expect(mine.conflict("Store name").getByRole("radio", { name: t("conflict.theirs") })).toBeChecked();
  await expect(mine.conflict("Country")).toContainText("Poland");

  await mine.conflict("Region").getByRole("radio", { name: t("conflict.theirs") }).check();
  await mine.save();
  await expect(site.alert).toHaveCount(0);
  await site.reload();
  await site.holds({ name: "Casa Nowak", legal_name: "Olmo y Asociados", city: "Toledo", region: "Pomorskie", country: "PL" });
});

test("a third save in between is told too", async ({ site, company }) => {
  const page = new Details(site, company);
  await page.open(company.administrator);
  await company.change({ city: "Gdańsk" });
  await site.type({ city: "Toledo" });
  await page.submit();
  await expect(page.conflict("City")).toContainText("Gdańsk");
  await company.change({ city: "Sopot", region: "Pomorskie" });
  await page.submit();
  await expect(page.conflict("City")).toContainText("Sopot");
  await expect(page.conflict("Region")).toContainText("Pomorskie");
  await page.save();
  await site.reload();
  await site.holds({ city: "Toledo", region: "Pomorskie" });
});

test("who changed other fields, or the same to the same, is not asked", async ({ site, company }) => {
  const page = new Details(site, company);
  await page.open(company.administrator);
  await company.change({ city: "Toledo" });
  await site.type({ city: "Toledo" });
  await page.save();
  await site.reload();
  await site.holds({ city: "Toledo" });
});
