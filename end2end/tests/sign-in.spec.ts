import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("signs in and out", { tag: "@main" }, async ({ site, company }) => {
  const { email, password, name } = company.administrator;
  await site.open("/sign-in");
  await site.leave(() => site.signIn(email, password));
  // The only store is where one lands.
  await expect(site.page).toHaveURL(company.home);
  await site.shows(company.storeName);
  await expect(await site.openMenu()).toContainText(name);
  await site.reload();

  await site.signOut();
  await expect(site.page).toHaveURL("/sign-in");
  await site.told(t("notice.signed_out"));
  await site.open(company.home);
  await expect(site.page).toHaveURL(`/sign-in?next=${company.home}`);
});

test("a wrong password is refused and the address stays", { tag: "@main" }, async ({ site, company }) => {
  const { email } = company.administrator;
  await site.open("/sign-in");
  await site.signIn(email, "not the password");
  await expect(site.alert).toHaveText(t("refusal.wrong_credentials"));
  await site.holds({ email });
  await site.signIn("nobody@people.example", "not the password");
  await expect(site.field("email")).toHaveValue("nobody@people.example");
  await expect(site.alert).toHaveText(t("refusal.wrong_credentials"));
});

test("too many attempts have to wait", async ({ site, company, client }) => {
  const { email, password } = company.administrator;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const outcome = await client.post("/api/session/sign-in", { email, password: "wrong password" });
    expect(outcome.refused?.refusal).toBe("wrong_credentials");
  }
  await site.open("/sign-in");
  await site.signIn(email, password);
  await expect(site.alert).toHaveText(t("refusal.too_many_attempts"));
});

test("a deep link survives signing in", async ({ site, company }) => {
  const { email, password } = company.administrator;
  const deep = `${company.members}?q=ana&sort=-email`;
  await site.open(deep);
  await site.shows("Sign in");
  await site.signIn(email, "not the password");
  await expect(site.alert).toBeVisible();
  await site.leave(() => site.signIn(email, password));
  await site.shows("Member management");
  await expect(site.page).toHaveURL(deep);
});

for (const elsewhere of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
  test(`signing in does not lead to ${elsewhere}`, async ({ site, company, server }) => {
    const { email, password } = company.administrator;
    await site.open(`/sign-in?next=${encodeURIComponent(elsewhere)}`);
    await site.leave(() => site.signIn(email, password));
    await site.shows(company.storeName);
    expect(new URL(site.page.url()).origin).toBe(server.url);
  });
}

test("the demonstration's people sign in with one click", async ({ site }) => {
  await site.open("/sign-in");
  await site.leave(() => site.button("Sign in – Marketer").click());
  await expect(site.page).toHaveURL("/stores");
  await site.shows(t("home.stores_title"));
  await expect(site.page.getByRole("link", { name: "Casa Olivo" }).first()).toBeVisible();
});
