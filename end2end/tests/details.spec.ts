import { Details } from "../support/details.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test.beforeEach(async ({ site, company }) => new Details(site, company).open(company.administrator));

test("what is saved is there after loading anew", { tag: "@main" }, async ({ site, company }) => {
  const page = new Details(site, company);
  const typed = {
    name: "Żółta Łódź",
    legal_name: "Żółta Łódź S.A. & Söhne <1>",
    store_url: "https://sklep-łódź.example/pl?a=1&b=2",
    contact_email: "kontakt@lodz.example",
    street: "ul. Żeglarska 7/3\n2 piętro",
    postal_code: "80-834",
    city: "Gdańsk",
    region: "Pomorskie",
    country: "PL",
    facebook: "https://www.facebook.com/lodz",
    x: "https://x.com/lodz",
  };
  await site.type(typed);
  await page.save();
  await expect(site.page.getByText(t("settings.last_change", { person: "Ana Olmo", time: t("time.now") }))).toBeVisible();
  await expect(site.page.locator("header.top")).toContainText("Żółta Łódź");
  await site.reload();
  await site.holds(typed);

  await site.open(company.home);
  await site.shows("Żółta Łódź");
  await expect(site.page.getByText("ul. Żeglarska 7/3")).toBeVisible();
});

test("values are kept as they are written by convention", async ({ site, company }) => {
  const page = new Details(site, company);
  await site.type({ name: "  Casa Olmo II ", contact_phone: "0034 (91) 555-01 01" });
  await page.save();
  await site.holds({ name: "Casa Olmo II", contact_phone: "+34915550101" });
  await site.reload();
  await site.holds({ name: "Casa Olmo II", contact_phone: "+34915550101" });
});

test("all faults are told at once, with links to the fields", { tag: "@main" }, async ({ site, company }) => {
  const page = new Details(site, company);
  const wrong = {
    name: "",
    legal_name: "x".repeat(161),
    store_url: "casaolmo",
    contact_email: "hola@",
    contact_phone: "12",
    facebook: "https://x.com/casaolmo",
  };
  await site.type({ ...wrong, city: "Toledo" });
  await page.submit();
  await expect(site.alert.getByRole("heading")).toHaveText(t("fault.summary.other", { count: 6 }));
  await site.faults("name", t("fault.required"));
  await site.faults("legal_name", t("fault.too_long", { max: 160 }));
  await site.faults("store_url", t("fault.url"));
  await site.faults("contact_email", t("fault.email"));
  await site.faults("contact_phone", t("fault.phone"));
  await site.faults("facebook", t("fault.url_host"));
  await site.holds({ ...wrong, city: "Toledo" });
  for (const [label, field] of [["Facebook", "facebook"], ["Store name", "name"]]) {
    await site.alert.getByRole("link", { name: new RegExp(`^${label}:`) }).click();
    await expect(site.field(field!)).toBeFocused();
  }

  // What is corrected is saved; until then nothing was.
  expect((await company.administrator.client.details(company.store)).values["city"]).toBe("Madrid");
  await site.type({ name: "Casa Olmo", legal_name: "", store_url: "http://casaolmo.example", contact_email: "a@b.example" });
  await site.type({ contact_phone: "", facebook: "" });
  await page.save();
  await expect(site.alert).toHaveCount(0);
  await site.reload();
  await site.holds({ city: "Toledo", legal_name: "", contact_phone: "" });
});

test("a value that no list offers is refused", async ({ site, company }) => {
  const page = new Details(site, company);
  await site.field("country").evaluate((select: HTMLSelectElement) => select.add(new Option("Atlantis", "XA", false, true)));
  await site.type({ city: "Toledo" });
  await page.submit();
  await site.faults("country", t("fault.choice"));
  await expect(site.alert.getByRole("link")).toHaveCount(1);
  await site.holds({ city: "Toledo" });
});

test("saving without changes writes nothing", async ({ site, company }) => {
  const { client } = company.administrator;
  const before = await client.details(company.store);
  await new Details(site, company).save();
  expect((await client.details(company.store)).version).toBe(before.version);
});

test("the gear beside a store opens its settings", { tag: "@main" }, async ({ site, company }) => {
  await site.open("/stores");
  const selector = await site.openSelector();
  await selector.getByRole("link", { name: `Configuration of ${company.storeName}` }).click();
  await site.shows("Store details");
  await expect(selector).toBeHidden();
  await expect(site.page).toHaveURL(company.details);
  await site.openTab("Member management");
  await site.openTab("Store details");
});
