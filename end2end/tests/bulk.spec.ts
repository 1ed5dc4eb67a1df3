import type { Company } from "../support/company.ts";
import type { Site } from "../support/site.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

/** Signs the Administrator in; the address of the company's organization. */
async function enter(site: Site, company: Company): Promise<string> {
  await site.as(company.administrator);
  return company.organizationPath();
}

/** Registers another store and gives the address of its details. */
async function register(site: Site, organization: string, name: string): Promise<string> {
  await site.open(`${organization}/stores/new`);
  const dialog = site.page.getByRole("dialog");
  await dialog.getByLabel(t("organization.store_name")).fill(name);
  await dialog.getByLabel(t("organization.web_page")).fill("https://other.example");
  await dialog.getByRole("button", { name: t("organization.register") }).click();
  await site.shows(t("store_details.title"));
  return new URL(site.page.url()).pathname;
}

test("a locked field is shown so in the store, and nobody gets past it", { tag: "@main" }, async ({ site, company }) => {
  const organization = await enter(site, company);
  await site.open(`${organization}/settings/policies`);
  await site.link(t("policies.new")).click();
  await site.page.getByRole("main").getByRole("link", { name: "Country", exact: true }).click();
  await site.shows(t("policies.lock_named", { field: "Country" }));
  await site.type({ country: "PL" });
  await site.page.getByLabel(t("policies.reason")).fill("One law");
  await site.button(t("policies.go_on")).click();
  await site.shows(t("policies.check_title", { field: "Country" }));
  await expect(site.page.getByRole("main")).toContainText("Spain");
  await site.page.getByLabel(t("policies.change_now")).check();
  await site.page.getByLabel(t("impact.type_name", { name: company.organization })).fill(company.organization);
  await site.button(t("policies.lock")).click();
  await expect(site.page.getByRole("status").filter({ hasText: t("bulk.finished") })).toBeVisible();

  await site.open(company.details);
  await expect(site.field("country")).toHaveValue("PL");
  await expect(site.field("country")).toBeDisabled();
  await expect(site.page.getByRole("main")).toContainText("One law");
});

test("settings go to two stores, with a bar that ends, and come back", { tag: "@main" }, async ({ site, company }) => {
  const organization = await enter(site, company);
  const others = [await register(site, organization, "Casa Pino"), await register(site, organization, "Casa Roble")];
  await site.open(`${organization}/settings/bulk/new?source=${company.store}`);
  await site.page.getByLabel("City", { exact: true }).check();
  await site.button(t("bulk.go_on")).click();
  await site.shows(t("bulk.stores_title"));
  await site.button(t("bulk.go_on")).click();
  await site.shows(t("bulk.check_title"));
  await expect(site.page.locator("tbody tr")).toHaveCount(2);
  await site.page.getByLabel(t("impact.type_name", { name: company.organization })).fill(company.organization);
  await site.button(t("bulk.start")).click();
  await expect(site.page.locator("progress")).toBeVisible();
  await expect(site.page.getByRole("status").filter({ hasText: t("bulk.finished") })).toBeVisible();
  const batch = new URL(site.page.url()).pathname;
  for (const other of others) {
    await site.open(other);
    await site.holds({ city: "Madrid" });
  }

  await site.open(batch);
  await site.link(t("bulk.undo")).click();
  const dialog = site.page.getByRole("dialog");
  await expect(dialog).toContainText("Casa Pino");
  await dialog.getByLabel(t("impact.type_name", { name: company.organization })).fill(company.organization);
  await dialog.getByRole("button", { name: t("bulk.undo") }).click();
  await site.shows(t("bulk.task_undo"));
  await expect(site.page.getByRole("status").filter({ hasText: t("bulk.finished") })).toBeVisible();
  for (const other of others) {
    await site.open(other);
    await site.holds({ city: "" });
  }
});
