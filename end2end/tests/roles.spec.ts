import { Members } from "../support/members.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("a store role is changed in place and counts at once", { tag: "@main" }, async ({ site, company, elsewhere, watch }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  const members = new Members(site, company);
  await members.open(company.administrator, "?q=nowak");
  await members.change("Jan Nowak", "administrator");
  await site.told(t("notice.role_changed"));
  await expect(members.role("Jan Nowak")).toHaveValue("administrator");
  await expect(site.page).toHaveURL(`${company.members}?q=nowak`);
  await site.reload();
  await expect(members.role("Jan Nowak")).toHaveValue("administrator");

  const other = await elsewhere(jan);
  await other.open(company.details);
  await other.shows("Store details");
  await members.change("Jan Nowak", "marketer");
  await site.told(t("notice.role_changed"));
  watch.answers(403);
  await other.reload();
  await other.shows(t("error.forbidden_title"));
});

test("the last Administrator stays one", async ({ site, company }) => {
  await company.join("Jan Nowak", "marketer");
  const members = new Members(site, company);
  await members.open(company.administrator);
  await members.change("Ana Olmo", "marketer");
  await expect(site.alert).toHaveText(t("refusal.last_administrator"));
  await expect(members.role("Ana Olmo")).toHaveValue("administrator");

  await members.askToRemove("Ana Olmo");
  await members.dialog.getByRole("button", { name: t("members.remove") }).click();
  await expect(members.dialog.getByRole("alert")).toHaveText(t("refusal.last_administrator"));

  // With a second one both are possible.
  await members.open();
  await members.change("Jan Nowak", "administrator");
  await site.told(t("notice.role_changed"));
  await members.open();
  await members.change("Ana Olmo", "marketer");
  await site.told(t("notice.role_changed"));
});

test("who is removed has no access any more", { tag: "@main" }, async ({ site, company, elsewhere, watch }) => {
  const jan = await company.join("Jan Nowak", "administrator");
  const other = await elsewhere(jan);
  await other.open(company.details);
  const members = new Members(site, company);
  await members.open(company.administrator, "?q=nowak");
  await members.askToRemove("Jan Nowak");
  await expect(members.dialog).toContainText(jan.email);
  await members.dialog.getByRole("button", { name: t("members.remove") }).click();
  await site.told(t("notice.member_removed"));
  await expect(members.row("Jan Nowak")).toHaveCount(0);

  watch.answers(404);
  await other.type({ city: "Toledo" });
  await other.button("Save").click();
  await expect(other.page.getByText(t(other.scripted ? "refusal.gone" : "error.not_found_text"))).toBeVisible();
  await other.open("/stores");
  await expect(other.page.getByText(t("home.stores_none"))).toBeVisible();
});

test("the question can be left without an answer", async ({ site, company }) => {
  await company.join("Jan Nowak", "marketer");
  const members = new Members(site, company);
  await members.open(company.administrator, "?sort=-name");
  await members.askToRemove("Jan Nowak");
  await members.dialog.getByRole("link", { name: t("common.cancel") }).click();
  await expect(members.dialog).toHaveCount(0);
  await expect(site.page).toHaveURL(`${company.members}?sort=-name`);
  await expect(members.row("Jan Nowak")).toBeVisible();
});

test("Escape closes a pop-up", { tag: "@scripted" }, async ({ site, company }) => {
  const members = new Members(site, company);
  await members.open(company.administrator, "?sort=-name");
  await site.link("Add new member").click();
  await expect(members.dialog.getByLabel("Email")).toBeFocused();
  await site.page.keyboard.press("Escape");
  await expect(members.dialog).toHaveCount(0);
  await expect(site.page).toHaveURL(`${company.members}?sort=-name`);
});

test("what somebody else has removed already is told", async ({ site, company }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  const members = new Members(site, company);
  await members.open(company.administrator);
  const { client } = company.administrator;
  const member = (await client.members(company.store)).find((member) => member.text.includes(jan.email))!.id;
  await client.done("/api/members/remove", { store: company.store, member });
  await members.change("Jan Nowak", "administrator");
  await expect(site.alert).toHaveText(t("refusal.gone"));
});
