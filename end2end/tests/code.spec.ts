import { readFile } from "node:fs/promises";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("settings are downloaded, changed in the file, previewed and applied", { tag: "@main" }, async ({ site, company }) => {
  await site.as(company.administrator);
  await site.open(`/stores/${company.store}/settings/code`);
  await site.shows(t("code.title"));
  const downloading = site.page.waitForEvent("download");
  await site.link(t("code.download")).click();
  const text = await readFile(await (await downloading).path(), "utf8");
  expect(text).toContain('\ncity = "Madrid"\n');

  const send = async (content: string): Promise<void> => {
    const file = { name: "settings.toml", mimeType: "application/toml", buffer: Buffer.from(content) };
    await site.field("file").setInputFiles(file);
    await site.button(t("code.check")).click();
  };
  await send(text.replace('city = "Madrid"', "city = 7"));
  await site.shows(t("code.faults_title"));
  await expect(site.page.getByRole("table")).toContainText(t("code.fault_text", { field: "City" }));
  await site.link(t("code.again")).click();

  await site.shows(t("code.title"));
  await send(text.replace('city = "Madrid"', 'city = "Toruń"'));
  await site.shows(t("code.preview_title"));
  await expect(site.page.getByRole("table")).toContainText("Toruń");
  await site.button(t("code.apply")).click();
  await site.told(t("notice.saved"));
  await site.open(company.details);
  await site.holds({ city: "Toruń" });
});
