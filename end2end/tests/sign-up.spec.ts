import { newEmail, PASSWORD } from "../support/company.ts";
import type { Site } from "../support/site.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

const RIGHT = {
  first_name: "Zoé",
  last_name: "Żuraw",
  password: PASSWORD,
  phone: "+48 22 555 01 00",
  language: "en",
  organization: "Żuraw sp. z o.o.",
  store: "Żuraw i Syn",
};

/** Opens the newest mail to this address in the demonstration's mailbox. */
async function openMail(site: Site, email: string): Promise<void> {
  await site.open("/dev/mailbox");
  const letter = site.page.locator("tbody tr", { hasText: email }).first();
  const subject = (await letter.getByRole("link").textContent()) ?? "";
  await letter.getByRole("link").click();
  await site.shows(subject);
}

test("who signs up confirms by mail and stands in the settings of the new store", { tag: "@main" }, async ({ site }) => {
  const email = newEmail("zoe");
  await site.open("/sign-up");
  await site.type({ ...RIGHT, email });
  await site.field("consent_data").check();
  await site.button(t("sign_up.submit")).click();
  await site.shows(t("sign_up.sent_title"));

  await openMail(site, email);
  await site.leave(() => site.link(t("mail.confirm_button")).click());
  const link = site.page.url();
  await site.shows(t("sign_up.confirm_title"));
  await expect(site.page.getByText(email)).toBeVisible();
  // The link alone does not do: somebody else may have signed up with this address.
  await site.type({ password: "not the password" });
  await site.button(t("sign_up.confirm_submit")).click();
  await site.faults("password", t("fault.password_wrong"));
  await site.type({ password: PASSWORD });
  await site.leave(() => site.button(t("sign_up.confirm_submit")).click());

  await site.shows("Store details");
  await site.told(t("notice.joined"));
  await site.holds({ name: RIGHT.store, contact_email: email, contact_phone: "+48225550100" });
  await expect(site.page.locator("header.top")).toContainText(RIGHT.organization);

  await site.open(link);
  await site.shows(t("invitation.refused_title"));
  await expect(site.page.getByText(t("refusal.link_used"))).toBeVisible();
});

test("all faults are told at once and what was typed stays", { tag: "@main" }, async ({ site }) => {
  await site.open("/sign-up");
  await site.withoutNativeChecks();
  await site.type({ email: "zoe@", password: "short", phone: "12", store: "x".repeat(81), organization: "Żuraw" });
  await site.button(t("sign_up.submit")).click();
  await expect(site.alert.getByRole("heading")).toHaveText(t("fault.summary.other", { count: 7 }));
  await site.faults("first_name", t("fault.required"));
  await site.faults("last_name", t("fault.required"));
  await site.faults("email", t("fault.email"));
  await site.faults("password", t("fault.too_short", { min: 10 }));
  await site.faults("phone", t("fault.phone"));
  await site.faults("store", t("fault.too_long", { max: 80 }));
  await site.faults("consent_data", t("fault.consent"));
  await expect(site.alert.getByRole("link")).toHaveCount(7);
  await site.holds({ email: "zoe@", phone: "12", store: "x".repeat(81), organization: "Żuraw" });

  await site.alert.getByRole("link", { name: t("sign_up.phone") }).click();
  await expect(site.field("phone")).toBeFocused();
});

test("a known address gets the same answer, and its owner a mail", async ({ site, company }) => {
  const { email } = company.administrator;
  await site.open("/sign-up");
  await site.type({ ...RIGHT, email });
  await site.field("consent_data").check();
  await site.button(t("sign_up.submit")).click();
  await site.shows(t("sign_up.sent_title"));
  await openMail(site, email);
  await site.shows(t("mail.known_subject"));
});

test("an unknown confirmation link says so", async ({ site }) => {
  await site.open("/sign-up/confirm/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  await site.shows(t("invitation.refused_title"));
  await expect(site.page.getByText(t("refusal.link_unknown"))).toBeVisible();
});
