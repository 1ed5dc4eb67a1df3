import { Company, newEmail, PASSWORD } from "../support/company.ts";
import { Members } from "../support/members.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

const accept = t("invitation.accept");

test("a new person is invited by mail and accepts", { tag: "@main" }, async ({ site, company, elsewhere }) => {
  const email = newEmail("nowa");
  const members = new Members(site, company);
  await members.open(company.administrator);
  await members.invite(email, "administrator");
  await site.told(t("notice.invited"));
  await expect(members.dialog).toHaveCount(0);
  await expect(members.row(email)).toContainText(t("members.status_invited"));
  await expect(members.role(email)).toHaveValue("administrator");

  const mail = await company.administrator.client.mailTo(email);
  expect(mail.subject).toBe(t("mail.invitation_subject", { person: "Ana Olmo", store: company.storeName }));
  const other = await elsewhere();
  await other.open(mail.link!);
  await other.shows(t("invitation.title", { store: company.storeName }));
  await expect(other.page.getByText(email)).toBeVisible();
  // They belong to nothing yet.
  await other.type({ first_name: "Nowa", last_name: "Osoba", password: PASSWORD });
  await other.leave(() => other.button(accept).click());
  await other.told(t("notice.joined"));
  await other.shows(company.storeName);
  await other.open(company.members);
  await other.shows("Member management");

  await site.reload();
  await expect(members.row(email)).toContainText("Nowa Osoba");
  await expect(members.row(email)).toContainText(t("members.status_active"));

  const again = await elsewhere();
  await again.open(mail.link!);
  await again.shows(t("invitation.refused_title"));
  await expect(again.page.getByText(t("refusal.link_used"))).toBeVisible();
});

test("a new person's wrong entries are told at once", async ({ site, company }) => {
  const email = newEmail("nowa");
  await site.open(`/invitations/${await company.invite(email)}`);
  await site.withoutNativeChecks();
  await site.type({ last_name: "x".repeat(81), password: email });
  await site.button(accept).click();
  await site.faults("first_name", t("fault.required"));
  await site.faults("last_name", t("fault.too_long", { max: 80 }));
  await site.faults("password", t("fault.password_guessable"));
  await expect(site.alert.getByRole("link")).toHaveCount(3);
  await site.holds({ last_name: "x".repeat(81) });
});

test.describe("a known person", () => {
  test("who is signed in joins with a click", async ({ site, company, server, address }) => {
    const other = await Company.found(server.url, address, "Dom Nowak");
    const { email } = other.administrator;
    await site.as(other.administrator);
    await site.open(`/invitations/${await company.invite(email)}`);
    await expect(site.page.getByText(t("invitation.known_person"))).toBeVisible();
    await site.leave(() => site.button(accept).click());
    await site.told(t("notice.joined"));
    await site.shows(company.storeName);
    // The gear stands beside the own store only.
    const selector = await site.openSelector();
    await expect(selector.getByRole("link", { name: "Dom Nowak", exact: true })).toBeVisible();
    await expect(selector.getByRole("link", { name: /^Configuration of / })).toHaveCount(1);
  });

  test("who is not signed in joins, then signs in", async ({ site, company, server, address }) => {
    const { administrator } = await Company.found(server.url, address, "Dom Nowak");
    await site.open(`/invitations/${await company.invite(administrator.email)}`);
    await site.leave(() => site.button(accept).click());
    await site.told(t("notice.joined_please_sign_in"));
    await site.leave(() => site.signIn(administrator.email, PASSWORD));
    await site.shows(t("home.stores_title"));
    await expect(site.page.getByRole("main")).toContainText(company.storeName);
  });

  test("is not taken for the one who is signed in", async ({ site, company }) => {
    const email = newEmail("nowa");
    const { administrator } = company;
    await site.as(administrator);
    const link = `/invitations/${await company.invite(email)}`;
    await site.open(link);
    const text = t("invitation.other_person", { email: administrator.email, invited: email });
    await expect(site.page.getByText(text)).toBeVisible();
    await expect(site.button(accept)).toHaveCount(0);
    await site.leave(() => site.page.getByRole("main").getByRole("button", { name: t("nav.sign_out") }).click());
    await site.open(link);
    await expect(site.button(accept)).toBeVisible();
  });
});

test("what cannot be invited is told", async ({ site, company }) => {
  const marketer = await company.join("Jan Nowak", "marketer");
  await company.invite("guest@partner.example");
  const members = new Members(site, company);
  await members.open(company.administrator);
  await members.invite("not an address");
  await site.faults("email", t("fault.email"));
  await expect(members.dialog.getByLabel("Email")).toHaveValue("not an address");
  for (const [email, refusal] of [
    [marketer.email.toUpperCase(), t("refusal.already_member")],
    ["guest@partner.example", t("refusal.already_invited")],
  ]) {
    await site.withoutNativeChecks();
    await members.dialog.getByLabel("Email").fill(email!);
    await members.dialog.getByRole("button", { name: "OK" }).click();
    await expect(members.dialog.getByRole("alert")).toHaveText(refusal!);
    await expect(members.dialog.getByLabel("Email")).toHaveValue(email!);
  }
  await members.dialog.getByRole("link", { name: t("common.cancel") }).click();
  await expect(members.dialog).toHaveCount(0);
  await expect(members.rows).toHaveCount(3);
});

test("a cancelled invitation's link stops working", async ({ site, company, elsewhere }) => {
  const email = newEmail("nowa");
  const link = `/invitations/${await company.invite(email)}`;
  const other = await elsewhere();
  await other.open(link);
  await other.type({ first_name: "Nowa", last_name: "Osoba", password: PASSWORD });

  const members = new Members(site, company);
  await members.open(company.administrator);
  await members.askToRemove(email);
  await members.dialog.getByRole("button", { name: t("members.cancel_invitation") }).click();
  await site.told(t("notice.invitation_cancelled"));
  await expect(members.row(email)).toHaveCount(0);

  await other.button(accept).click();
  await expect(other.page.getByText(t("refusal.link_unknown"))).toBeVisible();
  await other.open(link);
  await other.shows(t("invitation.refused_title"));
});
