import { readFile } from "node:fs/promises";
import { violations } from "../support/axe.ts";
import type { Company } from "../support/company.ts";
import { newEmail } from "../support/company.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

/** The address of the company's audit log. */
async function log(company: Company): Promise<string> {
  return `${await company.organizationPath()}/audit`;
}

test("the audit log tells who changed what", { tag: "@main" }, async ({ site, company }) => {
  const email = newEmail("nowa");
  await company.invite(email, "marketer");
  const path = await log(company);
  await site.as(company.administrator);
  await site.open(path);
  await site.shows(t("audit.title"));
  const rows = site.page.getByRole("table", { name: t("audit.title") }).locator("tbody tr");
  const invited = rows.filter({ hasText: t("audit_act.member_invite") });
  await expect(invited).toHaveCount(1);
  await expect(invited).toContainText("Ana Olmo");
  await expect(invited).toContainText(email);
  await expect(invited).toContainText(company.storeName);
  // The newest stands first.
  await expect(rows.first()).toContainText(t("audit_act.member_invite"));

  await invited.getByRole("link").click();
  const dialog = site.page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("member.invite");
  await expect(dialog).toContainText("Marketer");
  await expect(dialog.getByRole("link", { name: t("audit.open_thing") })).toHaveAttribute("href", company.members);
});

test("the log and an entry can be used by everybody", { tag: "@scripted" }, async ({ site, company }) => {
  await site.as(company.administrator);
  await site.open(await log(company));
  expect(await violations(site.page)).toEqual([]);
  await site.page.locator("tbody tr").first().getByRole("link").click();
  await expect(site.page.getByRole("dialog")).toBeVisible();
  expect(await violations(site.page)).toEqual([]);
});

test("old and new value of a setting stand side by side", async ({ site, company }) => {
  await company.change({ city: "Toledo", country: "FR" });
  const path = await log(company);
  await site.as(company.administrator);
  await site.open(`${path}?section=store-details`);
  const rows = site.page.getByRole("table", { name: t("audit.title") }).locator("tbody tr");
  await rows.first().getByRole("link").click();
  const dialog = site.page.getByRole("dialog");
  const value = (field: string) => dialog.locator("tbody tr").filter({ hasText: field });
  await expect(value(t("store_details.city"))).toContainText("Madrid");
  await expect(value(t("store_details.city"))).toContainText("Toledo");
  // A choice is told by its name, not by its code.
  await expect(value(t("store_details.country"))).toContainText("Spain");
  await expect(value(t("store_details.country"))).toContainText("France");
});

test("filters stand in the address and can be cleared", async ({ site, company }) => {
  await company.invite(newEmail("nowa"));
  const path = await log(company);
  await site.as(company.administrator);
  await site.open(`${path}?kind=roles`);
  await expect(site.page.getByRole("heading", { name: t("audit.no_results") })).toBeVisible();
  await site.link(t("audit.clear")).first().click();
  await expect(site.page).toHaveURL(path);
  const rows = site.page.getByRole("table", { name: t("audit.title") }).locator("tbody tr");
  await expect(rows.filter({ hasText: t("audit_act.member_invite") })).toHaveCount(1);
  await site.page.getByLabel(t("audit.filter_kind"), { exact: true }).selectOption("members");
  if (!site.scripted) await site.page.locator("main form").getByRole("button").first().click();
  await expect(site.page).toHaveURL(/kind=members/);
  await expect(rows).toHaveCount(1);
});

test("a damaged address shows the list all the same", async ({ site, company }) => {
  await site.as(company.administrator);
  await site.open(`${await log(company)}?person=%00&kind=x&store=y&from=z&after=%F0%9F%92%A9&before=-1`);
  await site.shows(t("audit.title"));
});

test("the list is exported as it is filtered", async ({ site, company }) => {
  const email = newEmail("nowa");
  await company.invite(email);
  await site.as(company.administrator);
  await site.open(`${await log(company)}?kind=members`);
  const waiting = site.page.waitForEvent("download");
  await site.link(t("audit.export")).click();
  const text = await readFile(await (await waiting).path(), "utf8");
  expect(text).toContain(email);
  expect(text).not.toContain(t("audit_act.settings_save"));
});

test("the log is checked at the push of a button", { tag: "@main" }, async ({ site, company }) => {
  await company.invite(newEmail("nowa"));
  await site.as(company.administrator);
  await site.open(await log(company));
  await site.button(t("audit.check")).click();
  await site.told(t("notice.audit_checked"));
  await expect(site.page.getByRole("main")).toContainText(/entries were as they were written/);
});

test("who may not see the log is told so", async ({ site, company, watch }) => {
  const jan = await company.join("Jan Nowak", "administrator");
  watch.answers(403);
  await site.as(jan);
  await site.open(await log(company));
  await site.shows(t("error.forbidden_title"));
});

test("everybody finds their own sign-ins", { tag: "@main" }, async ({ site, company }) => {
  await site.open("/sign-in");
  await site.leave(() => site.signIn(company.administrator.email, company.administrator.password));
  await site.open("/me/activity");
  await site.shows(t("audit.activity_title"));
  const rows = site.page.getByRole("table", { name: t("audit.activity_title") }).locator("tbody tr");
  await expect(rows.first()).toContainText(t("audit_act.session_sign_in"));
});
