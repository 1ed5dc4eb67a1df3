import { Members } from "../support/members.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("lists members and those invited, and tells who is who", async ({ site, company }) => {
  await company.join("Jan Nowak", "marketer");
  await company.invite("guest@partner.example");
  const members = new Members(site, company);
  await members.open(company.administrator);
  await expect(members.rows).toHaveCount(3);
  await expect(site.page.getByText(t("members.shown.other", { count: 3 }))).toBeVisible();
  const own = members.row("Ana Olmo");
  await expect(own).toContainText(t("members.you"));
  await expect(own).toContainText(t("time.now"));
  await expect(members.role("Ana Olmo")).toHaveValue("administrator");
  await expect(members.row("Jan Nowak")).toContainText(t("members.status_active"));
  await expect(members.role("Jan Nowak")).toHaveValue("marketer");
  const guest = members.row("guest@partner.example");
  await expect(guest).toContainText(t("members.status_invited"));
  await expect(guest).toContainText(t("members.never"));
});

test("search, order and filter stand in the address", async ({ site, company }) => {
  for (const name of ["Zoé Ávila", "Jan Nowak", "Łucja Nowak"]) await company.join(name, "marketer");
  await company.invite("nowak@partner.example");
  const members = new Members(site, company);
  await members.open(company.administrator);
  // Accents do not count; those who have no name yet stand by their address.
  expect(await members.names()).toEqual(["Ana Olmo", "Jan Nowak", "Łucja Nowak", "nowak@partner.example", "Zoé Ávila"]);

  const search = site.page.getByRole("searchbox", { name: t("members.search") });
  await search.fill("lucja");
  await search.press("Enter");
  await expect(members.rows).toHaveCount(1);
  await expect(site.page).toHaveURL(/\?q=lucja/);
  await search.fill("NOWAK");
  await search.press("Enter");
  await expect(members.rows).toHaveCount(3);

  const name = site.page.getByRole("columnheader", { name: t("members.name") });
  await name.getByRole("link").click();
  await expect(site.page).toHaveURL(/q=NOWAK.*sort=-name/);
  await expect(name).toHaveAttribute("aria-sort", "descending");
  await expect(members.rows.first()).toContainText("nowak@partner.example");
  await expect(members.rows.last()).toContainText("Jan Nowak");
  await name.getByRole("link").click();
  await expect(name).toHaveAttribute("aria-sort", "ascending");
  await expect(members.rows.first()).toContainText("Jan Nowak");

  await site.page.getByLabel(t("members.filter"), { exact: true }).selectOption({ label: t("members.status_active") });
  if (!site.scripted) await site.button(t("common.search")).click();
  await expect(members.rows).toHaveCount(2);
  await expect(site.page).toHaveURL(/status=active/);

  // Whoever is given the address sees the same.
  await site.reload();
  await expect(members.rows).toHaveCount(2);
  await expect(search).toHaveValue("NOWAK");
  await site.page.goBack();
  await expect(members.rows).toHaveCount(3);
});

test("nothing found offers a way out", async ({ site, company }) => {
  const members = new Members(site, company);
  await members.open(company.administrator, "?q=%25_");
  await expect(site.page.getByRole("heading", { name: t("members.no_results") })).toBeVisible();
  await site.link(t("members.clear")).click();
  await expect(members.rows).toHaveCount(1);
});

test("long lists come in pages", async ({ site, company }) => {
  const number = (index: number) => String(index).padStart(2, "0");
  const invitations = Array.from({ length: 54 }, (_, index) => `guest${number(index)}@partner.example`);
  const { client } = company.administrator;
  const invite = (email: string) => client.done("/api/members/invite", { store: company.store, email, role: "marketer" });
  await Promise.all(invitations.map(invite));

  const members = new Members(site, company);
  await members.open(company.administrator, "?sort=email");
  await expect(members.rows).toHaveCount(50);
  const first = members.row("guest00@partner.example");
  await expect(first).toBeVisible();
  await site.link(t("members.next")).click();
  await expect(members.rows).toHaveCount(5);
  await expect(members.rows.last()).toContainText("guest53@partner.example");
  await expect(site.page).toHaveURL(/sort=email&after=/);
  await site.reload();
  await expect(members.rows).toHaveCount(5);
  await expect(site.link(t("members.next"))).toHaveCount(0);
  await site.link(t("members.previous")).click();
  await expect(members.rows).toHaveCount(50);
  await expect(first).toBeVisible();
});

test("a damaged address shows the list all the same", async ({ site, company }) => {
  const members = new Members(site, company);
  await members.open(company.administrator, "?sort=bogus&status=x&after=%F0%9F%92%A9&before=AAAA&q=%00");
  await expect(site.heading("Member management")).toBeVisible();
});

test("a pop-up leaves the list under it as it is", async ({ site, company }) => {
  test.skip(!site.scripted, "without scripts it is another page");
  const members = new Members(site, company);
  await members.open(company.administrator);
  const table = site.page.locator("table");
  await table.evaluate((element) => Object.assign(element, { marked: true }));
  await site.link("Add new member").click();
  await expect(members.dialog.getByLabel("Email")).toBeVisible();
  expect(await table.evaluate((element) => "marked" in element)).toBe(true);
});
