import type { Locator } from "@playwright/test";
import type { Company } from "../support/company.ts";
import { newEmail } from "../support/company.ts";
import type { Site } from "../support/site.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

/** The pages of the company's organization. */
class Manager {
  private constructor(
    readonly site: Site,
    readonly path: string,
  ) {}

  static async of(site: Site, company: Company): Promise<Manager> {
    await site.as(company.administrator);
    return new Manager(site, await company.organizationPath());
  }

  /** Opens one of them. */
  async open(page: string): Promise<void> {
    await this.site.open(`${this.path}/${page}`);
  }
  /** The row of a table with this text in it. */
  row(text: string): Locator {
    return this.site.page.locator("tbody tr").filter({ hasText: text });
  }
  get dialog(): Locator {
    return this.site.page.getByRole("dialog");
  }

  /** Chooses from a list in a row, whatever comes of it. */
  async choose(text: string, choice: string | { label: string }): Promise<void> {
    await this.row(text).getByRole("combobox").selectOption(choice);
    // Without wasm each row has a button for it.
    if (!this.site.scripted) await this.row(text).getByRole("button", { name: t("common.change") }).click();
  }
}

test("information is saved, checked and shown", async ({ site, company }) => {
  const manager = await Manager.of(site, company);
  await manager.open("settings/organization/information");
  await site.shows(t("tab.information"));
  await site.holds({ name: company.organization });
  await site.withoutNativeChecks();
  await site.type({ name: "", contact_email: "nobody" });
  await site.button(t("common.save")).click();
  await site.faults("name", t("fault.required"));
  await site.faults("contact_email", t("fault.email"));
  const values = { name: "Olmo Holding", legal_name: "Olmo Holding, S.A.", tax_id: "B12345674", contact_email: "office@olmo.example", city: "Toledo", country: "ES" };
  await site.type(values);
  await site.button(t("common.save")).click();
  await site.told(t("notice.saved"));
  await site.reload();
  await site.holds(values);
  await expect(await site.openMenu()).toContainText("Olmo Holding");
});

test("stores are registered, archived after a preview, and restored", async ({ site, company, elsewhere, watch }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  const manager = await Manager.of(site, company);
  await manager.open("stores");
  await expect(manager.row(company.storeName)).toContainText("https://casaolmo.example");
  await site.link(t("organization.register")).click();
  await manager.dialog.getByLabel(t("organization.store_name")).fill("Casa Pino");
  await manager.dialog.getByLabel(t("organization.web_page")).fill("https://casapino.example");
  await manager.dialog.getByRole("button", { name: t("organization.register") }).click();
  await site.shows(t("store_details.title"));
  await site.holds({ name: "Casa Pino" });

  await manager.open("stores");
  await expect(manager.row("Casa Pino")).toContainText(t("role.administrator"));
  await site.link(`${t("organization.archive")} ${company.storeName}`).click();
  await expect(manager.dialog).toContainText("Jan Nowak");
  await manager.dialog.getByRole("button", { name: t("organization.archive") }).click();
  await expect(manager.row(company.storeName)).toContainText(t("organization.archived"));

  watch.answers(404);
  const other = await elsewhere(jan);
  await other.open(company.home);
  await other.shows(t("error.not_found_title"));
  await site.button(`${t("organization.restore")} ${company.storeName}`).click();
  await expect(manager.row(company.storeName)).not.toContainText(t("organization.archived"));
  await other.open(company.home);
  await expect(other.heading(t("error.not_found_title"))).toHaveCount(0);
});

test("many are invited at once, with a result for each; invitations are sent again and cancelled", async ({ site, company }) => {
  const [eva, leo] = [newEmail("Eva Roy"), newEmail("Leo Paz")];
  const manager = await Manager.of(site, company);
  await manager.open("members");
  await site.link(t("organization.invite")).click();
  await manager.dialog.getByLabel(t("organization.invite_emails")).fill(`${eva}\nno address`);
  const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(`Name,Email\nLeo,${leo}\n`) };
  await manager.dialog.getByLabel(t("organization.invite_file")).setInputFiles(file);
  await manager.dialog.getByLabel(t("organization.invite_all_stores")).check();
  await manager.dialog.getByRole("button", { name: t("organization.invite_send") }).click();
  await site.shows(t("organization.invited_title"));
  await expect(manager.row(eva)).toContainText(t("organization.line_sent"));
  await expect(manager.row(leo)).toContainText(t("organization.line_sent"));
  await expect(manager.row("no address")).toContainText(t("organization.line_invalid"));
  await expect(site.page.getByLabel(t("organization.invite_emails"))).toHaveValue("no address");

  await manager.open("members");
  await expect(manager.row(eva)).toContainText(t("organization.invited"));
  await site.button(`${t("organization.resend")} ${eva}`).click();
  await site.told(t("notice.invited"));
  await site.open("/dev/mailbox");
  await expect(manager.row(eva)).toHaveCount(2);
  await manager.open("members");
  await site.button(`${t("organization.cancel")} ${leo}`).click();
  await site.told(t("notice.invitation_cancelled"));
  await expect(manager.row(leo)).toHaveCount(0);
});

test("a member's standing is changed in place, suspended and resumed", async ({ site, company, elsewhere, watch }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  const manager = await Manager.of(site, company);
  await manager.open("members");
  await manager.choose(jan.email, "administrator");
  await site.told(t("notice.organization_role_changed"));
  await expect(manager.row(jan.email).getByRole("combobox")).toHaveValue("administrator");

  await site.link(`${t("organization.edit")} Jan Nowak`).click();
  await site.shows("Jan Nowak");
  await site.button(t("organization.suspend")).click();
  await expect(site.page.getByText(t("organization.suspended_text"))).toBeVisible();
  watch.answers(404);
  const other = await elsewhere(jan);
  await other.open(company.home);
  await other.shows(t("error.not_found_title"));
  await site.button(t("organization.resume")).click();
  await expect(site.page.getByText(t("organization.suspended_text"))).toHaveCount(0);
  await other.open(company.home);
  await expect(other.heading(t("error.not_found_title"))).toHaveCount(0);
});

test("a role of one's own is made, given, and changed after a preview", async ({ site, company }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  const manager = await Manager.of(site, company);
  await manager.open("roles");
  await site.link(t("organization.new_role")).click();
  await site.page.getByLabel(t("organization.role_name")).fill("Helper");
  await site.page.locator("input[value=edit_content]").check();
  await site.button(t("common.save")).click();
  await expect(manager.row("Helper")).toContainText(t("permission.edit_content"));

  await manager.open("members");
  await site.link(`${t("organization.edit")} Jan Nowak`).click();
  await site.shows("Jan Nowak");
  await manager.choose(company.storeName, { label: "Helper" });
  await site.told(t("notice.role_changed"));

  await manager.open("roles");
  await site.link(`${t("organization.edit")} Helper`).click();
  await site.shows("Helper");
  await site.page.locator("input[value=send_campaigns]").check();
  await site.button(t("common.save")).click();
  await site.shows(t("organization.check_title", { role: "Helper" }));
  await expect(site.page.getByText(jan.email)).toBeVisible();
  await expect(site.page.locator("main")).toContainText(t("permission.send_campaigns"));
  await site.button(t("organization.role_confirm")).click();
  await expect(manager.row("Helper")).toContainText(t("permission.send_campaigns"));
});
