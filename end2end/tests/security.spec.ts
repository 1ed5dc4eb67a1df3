import { createHmac, randomBytes } from "node:crypto";
import { newEmail } from "../support/company.ts";
import { CLIENT, OpenIdProvider, SECRET } from "../support/provider.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("only listed addresses are let in, and what locks out is refused", { tag: "@main" }, async ({ site, company, elsewhere, address, watch }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  const id = await company.organizationId();
  await site.as(company.administrator);
  await site.open(`/organizations/${id}/security/addresses`);
  await expect(site.page.getByText(address).first()).toBeVisible();
  await site.button(t("addresses.switch_on")).click();
  await expect(site.alert).toHaveText(t("refusal.locks_you_out"));

  await site.link(t("addresses.add")).first().click();
  await expect(site.field("network")).toHaveValue(address);
  await site.type({ network: "not an address" });
  await site.withoutNativeChecks();
  await site.button(t("addresses.add")).click();
  await site.faults("network", t("fault.network"));
  await site.type({ network: address, label: "Office" });
  await site.button(t("addresses.add")).click();
  await site.told(t("notice.saved"));
  await expect(site.page.locator("tbody tr").filter({ hasText: "Office" })).toHaveCount(1);
  await site.button(t("addresses.switch_on")).click();
  // What was told before may still be read: that it is on is told by the button.
  await expect(site.button(t("addresses.switch_off"))).toBeVisible();
  await site.told(t("notice.saved"));

  // Somebody elsewhere is told which address was seen, and whom to ask.
  const other = await elsewhere(jan);
  await other.page.context().setExtraHTTPHeaders({ "x-forwarded-for": "203.0.113.9" });
  watch.answers(403);
  await other.open(company.home);
  await other.shows(t("stop.title"));
  await expect(other.page.getByText("203.0.113.9")).toBeVisible();
  await expect(other.page.getByText(company.administrator.email)).toBeVisible();
  await expect(other.page.getByText("Office")).toHaveCount(0);

  // The simulator tells the same, and what an exemption changes.
  await site.open(`/organizations/${id}/security/addresses`);
  await site.page.getByRole("searchbox", { name: t("simulator.address") }).fill("203.0.113.9");
  await site.page.getByRole("combobox", { name: t("simulator.person") }).selectOption({ label: "Jan Nowak" });
  await site.page.getByRole("main").getByRole("search").getByRole("button").click();
  await expect(site.page.getByText(t("gate.address"))).toBeVisible();
  await site.link(t("addresses.exempt")).click();
  await site.field("person").selectOption({ label: `Jan Nowak (${jan.email})` });
  await site.button(t("addresses.exempt")).click();
  await site.told(t("notice.saved"));
  await other.open(company.home);
  await expect(other.page.getByText("203.0.113.9")).toHaveCount(0);
});

test("two-factor is demanded from a day on, with whom it concerns", async ({ site, company }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  const id = await company.organizationId();
  await site.as(company.administrator);
  await site.open(`/organizations/${id}/security`);
  await site.link(t("security.two_factor_demand")).click();
  const dialog = site.page.getByRole("dialog");
  await expect(dialog).toContainText(jan.email);
  await expect(dialog).toContainText(company.administrator.email);
  const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await site.type({ from: day });
  await dialog.getByRole("button", { name: t("security.two_factor_demand") }).click();
  await site.told(t("notice.saved"));
  await expect(site.page.getByText(t("security.two_factor_lacking.other", { count: 2 }))).toBeVisible();
  const mail = await company.administrator.client.mailTo(jan.email);
  expect(mail.subject).toBe(t("mail.two_factor_subject"));
  await site.button(t("security.two_factor_stop")).click();
  await site.told(t("notice.saved"));
  await expect(site.page.getByText(t("security.two_factor_lacking.other", { count: 2 }))).toHaveCount(0);
});

test("a shop's link signs in once, with a button", { tag: "@main" }, async ({ site, company, elsewhere, server }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  const id = await company.organizationId();
  await site.as(company.administrator);
  await site.open(`/organizations/${id}/security/shops`);
  await site.page.getByRole("table").getByRole("link", { name: t("shops.secret_of", { store: company.storeName }) }).click();
  await site.button(t("shops.secret_make")).click();
  await expect(site.page.getByText(t("shops.secret_once"))).toBeVisible();
  const secret = (await site.page.getByText(/^shs_/).textContent())!.trim();

  const values = [company.store, jan.email, String(Math.floor(Date.now() / 1000)), randomBytes(16).toString("hex")];
  const signature = createHmac("sha256", secret).update(values.join("\n")).digest("hex");
  const [store, email, at, nonce] = values as [string, string, string, string];
  const link = `/account/from-shop?${new URLSearchParams({ store, email, at, nonce, signature })}`;
  const other = await elsewhere();
  await other.open(link);
  await expect(other.page.getByText(jan.email)).toBeVisible();
  await other.leave(() => other.button(t("from_shop.go")).click());
  await expect(other.page).toHaveURL(`${server.url}${company.home}`);

  const again = await elsewhere();
  await again.open(link);
  await again.button(t("from_shop.go")).click();
  await expect(again.alert).toHaveText(t("refusal.link_used"));
});

test("people come by the organization's provider, and then must", async ({ site, company, elsewhere, server, watch }) => {
  const provider = await OpenIdProvider.start(server.url);
  // Its own pages ask for an icon that it lacks, and for letters of somebody else's.
  watch.abroad(provider.issuer, "https://fonts.googleapis.com");
  try {
    const jan = await company.join("Jan Nowak", "marketer");
    const id = await company.organizationId();
    await site.as(company.administrator);
    await site.open(`/organizations/${id}/security/single-sign-on`);
    await expect(site.page.getByText(`${server.url}/account/sso/callback`)).toBeVisible();
    const domain = `d${randomBytes(6).toString("hex")}.example`;
    await site.type({ issuer: provider.issuer, client: CLIENT, secret: SECRET, domains: domain });
    // Switches are labels over a box that only a screen reader sees.
    await site.page.getByLabel(t("sso.join"), { exact: true }).check({ force: true });
    await site.page.getByLabel(company.storeName, { exact: true }).check({ force: true });
    await site.button("Save").click();
    await site.told(t("notice.saved"));
    await site.reload();
    await expect(site.field("secret")).toHaveValue("");
    await site.button(t("sso.test")).click();
    await expect(site.page.getByText(t("sso.tested"))).toBeVisible();

    // Somebody new joins by signing in.
    const nora = newEmail("nora").replace(/@.*/, `@${domain}`);
    const other = await elsewhere();
    await other.open("/account/sso");
    await other.type({ email: nora });
    await other.button(t("sign_on.go")).click();
    const host = provider.issuer.replace("http://", "");
    await other.link(t("sign_on.go_to", { host })).click();
    await other.page.locator("input[name=login]").fill(nora);
    await other.page.locator("input[name=password]").fill("any");
    await other.page.getByRole("button").click();
    await other.page.getByRole("button", { name: "Continue" }).click();
    await other.page.waitForURL((url) => url.href.startsWith(server.url));
    await other.open(company.home);
    await other.shows(company.storeName);

    // Who came by password must go that way from then on.
    const password = await elsewhere(jan);
    await password.open(company.home);
    await site.link(t("sso.enforce_start")).click();
    const dialog = site.page.getByRole("dialog");
    await expect(dialog).toContainText(jan.email);
    await expect(dialog).not.toContainText(nora);
    await dialog.getByRole("button", { name: t("sso.enforce"), exact: true }).click();
    await site.told(t("notice.saved"));
    await password.open(company.home);
    await expect(password.page).toHaveURL(/\/account\/sso\?organization=/);
    await other.open(company.home);
    await other.shows(company.storeName);
  } finally {
    await provider.stop();
  }
});
