import { Company } from "../support/company.ts";
import { Details } from "../support/details.ts";
import { Members } from "../support/members.ts";
import type { Site } from "../support/site.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

// Closes whatever it may stand in, then runs. A script that the page's policy stops would be told
// on the console, which fails the test, too.
const SCRIPT = `"'></textarea></title><script>ran=1</script><img src=x onerror=ran=1>{{1}}`;
const SHORT = "<b onclick=x>'\"";

async function inert(site: Site): Promise<void> {
  expect(await site.page.evaluate(() => "ran" in window)).toBe(false);
  await expect(site.page.locator("main img[src=x], main b[onclick], title img")).toHaveCount(0);
}

test("markup in every text of the details stays text", async ({ site, company }) => {
  const page = new Details(site, company);
  await page.open(company.administrator);
  const typed = {
    name: SCRIPT.slice(0, 80),
    legal_name: SCRIPT,
    street: `\n${SCRIPT}\n${SCRIPT}`,
    postal_code: SHORT,
    city: SCRIPT.slice(0, 100),
    region: SCRIPT.slice(-100),
  };
  await site.type(typed);
  await page.save();
  await site.reload();
  await site.holds({ ...typed, street: typed.street.trim() });
  await inert(site);
  for (const path of [company.home, "/stores", company.members, `${company.members}/new`]) {
    await site.open(path);
    await expect(site.page.locator("body")).toContainText(typed.name);
    await inert(site);
  }
});

test("markup in addresses is refused and shown as text", async ({ site, company }) => {
  const page = new Details(site, company);
  await page.open(company.administrator);
  const typed = { store_url: "javascript:alert(1)", facebook: `https://facebook.com/"><script>ran=1</script>` };
  const wrong = { ...typed, contact_email: `"<script>ran=1</script>"@x.example`, contact_phone: SHORT, x: "data:text/html,x" };
  await site.type(wrong);
  await page.submit();
  await expect(site.alert.getByRole("link")).toHaveCount(5);
  await site.holds(wrong);
  await inert(site);
});

test("markup in a conflict stays text", async ({ site, company }) => {
  const page = new Details(site, company);
  await page.open(company.administrator);
  await company.change({ legal_name: SCRIPT });
  await site.type({ legal_name: `mine ${SCRIPT}` });
  await page.submit();
  await expect(page.conflict("Legal name")).toContainText(`mine ${SCRIPT}`);
  await inert(site);
});

test("markup in names of people, organizations and stores stays text", async ({ site, elsewhere, server, address }) => {
  const founded = await Company.found(server.url, address, SCRIPT.slice(0, 80));
  const email = "guest@partner.example";
  await founded.join("<script>ran=1</script> <img/src=x/onerror=ran=1>", "administrator");
  const members = new Members(site, founded);
  await members.open(founded.administrator);
  await expect(members.row("<script>ran=1</script>")).toHaveCount(1);
  await inert(site);
  await members.askToRemove("<script>ran=1</script>");
  await expect(members.dialog).toContainText("<script>ran=1</script>");
  await inert(site);

  const token = await founded.invite(email);
  const other = await elsewhere();
  await other.open("/dev/mailbox");
  await other.page.locator("tbody tr", { hasText: email }).first().getByRole("link").click();
  await expect(other.page.getByRole("main")).toContainText("</textarea>");
  await inert(other);
  await other.open(`/invitations/${token}`);
  await expect(other.page.getByRole("main")).toContainText(founded.storeName);
  await other.withoutNativeChecks();
  await other.type({ first_name: SCRIPT, last_name: SCRIPT, password: "short" });
  await other.button(t("invitation.accept")).click();
  await other.faults("password", t("fault.too_short", { min: 10 }));
  await other.holds({ first_name: SCRIPT });
  await inert(other);
});

test("markup in addresses of pages stays text", async ({ site, company }) => {
  const text = encodeURIComponent(SCRIPT);
  await site.open(`/sign-in?next=${text}`);
  await inert(site);
  await site.signIn(SCRIPT, SCRIPT);
  await site.holds({ email: SCRIPT });
  await inert(site);
  await site.as(company.administrator);
  for (const path of [`${company.members}?q=${text}&sort=${text}&after=${text}`, `/stores?q=${text}`]) {
    await site.open(path);
    await inert(site);
  }
  await site.open(`/invitations/${text}`);
  await inert(site);
});
