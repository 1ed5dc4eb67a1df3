import { PASSWORD } from "../support/company.ts";
import { mainFlow } from "../support/flow.ts";
import { Members } from "../support/members.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test.use({ database: "postgres" });

test("the main flow on PostgreSQL", async ({ site, elsewhere, client }) => mainFlow(site, elsewhere, client));

// Only here can time be turned back: nobody else writes to the embedded database.
test("an expired invitation says so and can be sent anew", async ({ site, company, elsewhere, postgres }) => {
  const email = "late@partner.example";
  const link = `/invitations/${await company.invite(email)}`;
  const other = await elsewhere();
  await other.open(link);
  await other.type({ first_name: "Late", last_name: "Guest", password: PASSWORD });
  await postgres!.run(`UPDATE invitation SET expires_at = created_at + 1 WHERE email = '${email}'`);

  await other.button(t("invitation.accept")).click();
  await expect(other.page.getByText(t("refusal.link_expired"))).toBeVisible();
  await other.open(link);
  await other.shows(t("invitation.refused_title"));
  await expect(other.page.getByText(t("refusal.link_expired"))).toBeVisible();

  const members = new Members(site, company);
  await members.open(company.administrator);
  await expect(members.row(email)).toContainText(t("members.status_expired"));
  await members.invite(email);
  await site.told(t("notice.invited"));
  await expect(members.row(email)).toContainText(t("members.status_invited"));
  await other.open((await company.administrator.client.mailTo(email)).link!);
  await other.shows(t("invitation.title", { store: company.storeName }));
});
