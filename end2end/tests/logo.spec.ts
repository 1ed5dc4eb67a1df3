import { writeFile } from "node:fs/promises";
import { Details } from "../support/details.ts";
import { png } from "../support/picture.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

const MEGABYTE = 1024 * 1024;
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="in"</script></svg>';

test.beforeEach(async ({ site, company }) => new Details(site, company).open(company.administrator));

test("a logo is drawn anew, shown, replaced and removed", { tag: "@main" }, async ({ site, company }) => {
  const page = new Details(site, company);
  await page.choose("logo.png", "image/png", png(700, 350));
  await page.save();
  await site.reload();
  await expect(page.logo).toHaveAttribute("src", /^\/media\/img_\w+$/);
  const size = () => page.logo.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  expect(await size()).toEqual([512, 256]);
  const first = (await page.logo.getAttribute("src"))!;
  const stored = await site.page.request.get(first);
  expect(stored.headers()["content-type"]).toMatch(/^image\/(png|webp)$/);

  await page.choose("other.png", "image/png", png(20, 20));
  await page.save();
  await site.open(company.home);
  await expect(site.page.locator("main img")).toHaveAttribute("src", /^\/media\/img_\w+$/);
  await expect(site.page.locator("main img")).not.toHaveAttribute("src", first);

  await page.open();
  await site.page.getByLabel(t("image.remove")).check();
  await page.save();
  await site.reload();
  await expect(page.logo).toHaveCount(0);
});

const bad: [string, string, () => Buffer, string][] = [
  ["text that is called a picture", "logo.png", () => Buffer.from("not a picture"), t("fault.image")],
  ["an SVG", "logo.svg", () => Buffer.from(SVG), t("fault.image")],
  ["a page that begins like a GIF", "logo.gif", () => Buffer.from("GIF89a\x08\0\x08\0<script>ran=1</script>"), t("fault.image")],
  ["half a picture", "logo.png", () => png(300, 300).subarray(0, 60), t("fault.image")],
  ["one pixel too wide", "logo.png", () => png(6001, 1), t("fault.image_too_large", { pixels: 6000 })],
  ["5 MB", "logo.png", () => Buffer.concat([png(1, 1), Buffer.alloc(5 * MEGABYTE)]), t("fault.file_too_large", { megabytes: 4 })],
];
for (const [what, name, make, message] of bad) {
  test(`refuses ${what} and keeps what was typed`, async ({ site, company }) => {
    const page = new Details(site, company);
    await site.type({ city: "Toledo" });
    await page.choose(name, "image/png", make());
    await page.submit();
    await site.faults("logo", message);
    await expect(site.alert.getByRole("link")).toHaveText(t("fault.item", { field: "Logo", fault: message }));
    await site.holds({ city: "Toledo" });
    expect((await company.administrator.client.details(company.store)).values).toMatchObject({ city: "Madrid", logo: "" });
  });
}

test("refuses 50 MB and keeps what was typed", async ({ site, company }, info) => {
  const page = new Details(site, company);
  const file = info.outputPath("logo.png");
  await writeFile(file, Buffer.alloc(50 * MEGABYTE));
  await site.type({ city: "Toledo" });
  await site.field("logo").setInputFiles(file);
  await page.submit();
  await site.faults("logo", t("fault.file_too_large", { megabytes: 4 }));
  await site.holds({ city: "Toledo" });

  // Without the file the same form can be saved.
  await site.field("logo").setInputFiles([]);
  await page.save();
  await site.reload();
  await site.holds({ city: "Toledo" });
});

test("tells faults of the file and of fields together", async ({ site, company }) => {
  const page = new Details(site, company);
  await site.type({ facebook: "https://x.com/casaolmo" });
  await page.choose("logo.png", "image/png", Buffer.from("not a picture"));
  await page.submit();
  await site.faults("facebook", t("fault.url_host"));
  if (!site.scripted) await site.faults("logo", t("fault.image"));
  await expect(site.alert.getByRole("link")).toHaveCount(site.scripted ? 1 : 2);
});
