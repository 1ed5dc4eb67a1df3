import { Company } from "../support/company.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("a Marketer lands on the store's home and finds no gear", { tag: "@main" }, async ({ site, company }) => {
  const { email, password } = await company.join("Jan Nowak", "marketer");
  await site.open("/sign-in");
  await site.leave(() => site.signIn(email, password));
  await expect(site.page).toHaveURL(company.home);
  await site.shows(company.storeName);
  await expect(site.page.getByRole("main")).toContainText("Calle Mayor 1");
  await expect(site.page.getByRole("main")).toContainText("Marketer");
  await expect(site.link(t("common.write_to", { person: "Ana Olmo" }))).toHaveAttribute("href", `mailto:${company.administrator.email}`);
  await expect(site.link(t("home.open_settings"))).toHaveCount(0);
  const selector = await site.openSelector();
  await expect(selector.getByRole("link")).toHaveCount(2);
  await expect(selector.getByRole("link", { name: company.storeName, exact: true })).toHaveAttribute("href", company.home);
  await expect(selector.getByRole("link", { name: `${t("tab.organization_label")}: ${company.organization}` })).toBeVisible();
});

test("a Marketer is told on every settings page whom to ask", { tag: "@main" }, async ({ site, company, watch }) => {
  const jan = await company.join("Jan Nowak", "marketer");
  watch.answers(403);
  await site.as(jan);
  for (const path of [company.details, company.members, `${company.members}/new`, company.settings]) {
    await site.open(path);
    await site.shows(t("error.forbidden_title"));
    const main = site.page.getByRole("main");
    await expect(main).toContainText(t("error.forbidden_settings", { role: "Marketer" }));
    await expect(main).toContainText("Ana Olmo");
    await expect(site.link(t("common.write_to", { person: "Ana Olmo" }))).toBeVisible();
    await expect(site.page.getByRole("dialog")).toHaveCount(0);
    await expect(site.page.getByRole("navigation", { name: t("nav.label") })).toHaveCount(0);
    expect((await site.page.request.get(path, { headers: { accept: "text/html" } })).status()).toBe(403);
  }
  await site.link(t("error.home")).click();
  await site.shows(company.storeName);
});

test("another organization's store does not exist", { tag: "@main" }, async ({ site, company, server, address, watch }) => {
  const other = await Company.found(server.url, address, "Dom Nowak");
  watch.answers(404);
  await site.as(company.administrator);
  for (const path of [other.home, other.settings, other.details, other.members, `${other.members}/new`]) {
    await site.open(path);
    await site.shows(t("error.not_found_title"));
    await expect(site.page.locator("body")).not.toContainText("Dom Nowak");
    expect((await site.page.request.get(path, { headers: { accept: "text/html" } })).status()).toBe(404);
  }
});

test("unknown addresses say so and lead home", async ({ site, company, watch }) => {
  watch.answers(404);
  await site.as(company.administrator);
  for (const path of [
    "/nowhere",
    `${company.settings}/general/nothing`,
    `${company.settings}/nothing/store-details`,
    `${company.members}/mem_00000000000000000000000000000001/remove`,
    `${company.home}/nothing`,
    "/stores/sto_1",
    "/dev/mailbox/obx_1",
  ]) {
    await site.open(path);
    await site.shows(t("error.not_found_title"));
    expect((await site.page.request.get(path, { headers: { accept: "text/html" } })).status(), path).toBe(404);
  }
  await site.link(t("error.home")).click();
  await site.shows(company.storeName);
});

test("who is signed out in between goes on after signing in", async ({ site, company, watch }) => {
  const { administrator } = company;
  await site.as(administrator);
  await site.open(company.details);
  watch.answers(401);
  await administrator.client.post("/api/session/sign-out", {});
  await site.type({ city: "Toledo" });
  await site.button("Save").click();
  if (site.scripted) {
    await expect(site.alert).toHaveText(t("error.signed_out"));
    await site.holds({ city: "Toledo" });
  } else {
    await site.shows(t("sign_in.title"));
    await site.signIn(administrator.email, administrator.password);
    await site.shows("Store details");
  }
});
