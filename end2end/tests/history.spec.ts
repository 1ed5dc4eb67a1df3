import { Details } from "../support/details.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("a change stands in the history, is undone from there, and a field is set back to its default", { tag: "@main" }, async ({ site, company }) => {
  const page = new Details(site, company);
  // Each field tells that it was changed, and sets itself back without being saved.
  await site.as(company.administrator);
  await site.open(`${company.settings}/general/localization`);
  await site.type({ currency: "PLN" });
  await page.save();
  await site.reload();
  const choices = site.field("currency");
  await expect(choices).toHaveValue("PLN");
  await site.button(t("note.reset_of", { field: t("localization.currency") })).click();
  await expect(choices).toHaveValue("EUR");
  await expect(page.unsaved).toBeVisible();
  await site.leave(() => site.link(t("common.discard")).click());
  await expect(choices).toHaveValue("PLN");

  await page.open();
  await site.type({ city: "Toledo" });
  await page.save();
  await site.link(t("history.link")).click();
  await site.shows(t("history.title", { section: "Store details" }));
  const newest = site.page.locator("tbody tr").first();
  await expect(newest).toContainText("Madrid → Toledo");
  await newest.getByRole("link", { name: new RegExp(`^${t("history.details_of", { version: "3", section: "Store details" })}$`) }).click();
  await site.link(t("history.undo")).click();
  const dialog = site.page.getByRole("dialog");
  await expect(dialog).toContainText(t("history.undo_title", { version: "3" }));
  await expect(dialog.getByRole("row", { name: /City/ })).toContainText("Madrid");
  await dialog.getByRole("button", { name: t("history.undo") }).click();
  await site.told(t("notice.put_back"));
  await expect(newest).toContainText(t("history.how_undo", { version: "3" }));
  await page.open();
  await site.holds({ city: "Madrid" });
});

test("who opens a section that somebody else edits is told so", { tag: "@main" }, async ({ site, company, elsewhere }) => {
  const jan = await company.join("Jan Nowak", "administrator");
  const other = await elsewhere(jan);
  await new Details(other, company).open();
  await new Details(site, company).open(company.administrator);
  await expect(site.page.getByRole("status").filter({ hasText: "Jan Nowak" })).toContainText(t("presence.editing", { person: "Jan Nowak", time: t("time.now") }));
});
