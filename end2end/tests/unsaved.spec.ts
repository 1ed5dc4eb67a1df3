import { Details } from "../support/details.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test.describe("unsaved changes", { tag: "@scripted" }, () => {
  test.beforeEach(async ({ site, company }) => new Details(site, company).open(company.administrator));

  test("are told while the form differs from what was loaded", async ({ site, company }) => {
    const page = new Details(site, company);
    await expect(page.unsaved).toBeHidden();
    await site.type({ city: "Toledo" });
    await expect(page.unsaved).toBeVisible();
    await site.type({ city: "Madrid" });
    await expect(page.unsaved).toBeHidden();
    await site.type({ country: "PL" });
    await expect(page.unsaved).toBeVisible();
    await page.save();
  });

  test("are saved with the keyboard", async ({ site }) => {
    await site.type({ city: "Toledo" });
    await site.page.keyboard.press("Control+s");
    await site.told(t("notice.saved"));
    await site.reload();
    await site.holds({ city: "Toledo" });
  });

  test("can be discarded", async ({ site, company }) => {
    await site.type({ city: "Toledo" });
    await site.leave(() => site.link(t("common.discard")).click());
    await site.holds({ city: "Madrid" });
    await expect(new Details(site, company).unsaved).toBeHidden();
  });

  test("are not lost by a click elsewhere", async ({ site }) => {
    await site.type({ city: "Toledo" });
    const answer = (accept: boolean) =>
      site.page.once("dialog", async (dialog) => {
        expect(dialog.message()).toBe(t("nav.unsaved_leave"));
        await (accept ? dialog.accept() : dialog.dismiss());
      });
    answer(false);
    await site.link(t("common.product")).click();
    await site.holds({ city: "Toledo" });
    answer(true);
    await site.link(t("common.product")).click();
    await expect(site.page).toHaveURL(/\/stores\/\w+$/);
  });

  test("hold the browser back from closing the page", async ({ site }) => {
    await site.type({ city: "Toledo" });
    const asked = site.page.waitForEvent("dialog");
    await site.page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await site.holds({ city: "Toledo" });
  });
});
