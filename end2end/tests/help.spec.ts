import { newEmail } from "../support/company.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("help is set up, found, judged and asked for", { tag: "@main" }, async ({ site, company }) => {
  const desk = newEmail("desk");
  const store = `/stores/${company.store}`;
  await site.as(company.administrator);
  await site.open(`${store}/settings/general/help`);
  await site.shows(t("help.title"));
  await site.type({ address: desk, text: "Call **Pepa** first." });
  await site.button(t("common.save")).click();
  await site.told(t("notice.saved"));

  await site.open(`${store}/settings/general/help/help`);
  const article = site.page.getByRole("dialog");
  await expect(article).toContainText(t("support.useful"));
  await article.getByRole("button", { name: t("support.yes"), exact: true }).click();
  await expect(article).toContainText(t("support.voted_yes"));

  await site.open(store);
  await site.page.getByRole("banner").getByRole("link", { name: t("help.button") }).click();
  await site.shows(t("support.page_title"));
  await expect(site.page.getByRole("main").locator("strong", { hasText: "Pepa" })).toBeVisible();
  await site.type({ subject: "Where is the logo?", message: "I cannot find it." });
  await site.button(t("support.send")).click();
  await site.told(t("notice.ticket_sent"));
  await expect(site.page.locator("tbody tr").filter({ hasText: "Where is the logo?" })).toContainText(t("support.state_open"));
  expect((await company.administrator.client.mailTo(desk)).text).toContain("I cannot find it.");
});
