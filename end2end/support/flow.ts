// The main flow, from an empty browser to a store with two members.
import { newEmail, PASSWORD } from "./company.ts";
import { Members } from "./members.ts";
import type { Site } from "./site.ts";
import type { Client } from "./client.ts";
import { expect } from "./test.ts";
import { t } from "./texts.ts";

/** Signs up, saves details, invites somebody who accepts, changes their role, removes them. */
export async function mainFlow(site: Site, elsewhere: () => Promise<Site>, client: Client): Promise<void> {
  const email = newEmail("ana");
  await site.open("/sign-up");
  await site.type({ first_name: "Ana", last_name: "Olmo", email, password: PASSWORD, phone: "+34 915 550 100" });
  await site.type({ organization: "Casa Olmo Group", store: "Casa Olmo" });
  await site.field("consent_data").check();
  await site.button(t("sign_up.submit")).click();
  await site.shows(t("sign_up.sent_title"));
  await site.open((await client.mailTo(email)).link!);
  await site.type({ password: PASSWORD });
  await site.leave(() => site.button(t("sign_up.confirm_submit")).click());
  await site.shows("Store details");

  await site.type({ store_url: "https://casaolmo.example", city: "Łódź", country: "PL" });
  await site.button("Save").click();
  await site.told(t("notice.saved"));

  await site.openTab("Member management");
  const members = new Members(site, { members: new URL(site.page.url()).pathname });
  const guest = newEmail("jan");
  await members.invite(guest);
  await site.told(t("notice.invited"));
  const other = await elsewhere();
  await other.open((await client.mailTo(guest)).link!);
  await other.type({ first_name: "Jan", last_name: "Nowak", password: PASSWORD });
  await other.leave(() => other.button(t("invitation.accept")).click());
  await other.shows("Casa Olmo");
  await expect(other.page.getByRole("main")).toContainText("Łódź");

  await members.open(undefined, "?q=nowak");
  await members.change("Jan Nowak", "administrator");
  await site.told(t("notice.role_changed"));
  await site.reload();
  await expect(members.role("Jan Nowak")).toHaveValue("administrator");
  await members.askToRemove("Jan Nowak");
  await members.dialog.getByRole("button", { name: t("members.remove") }).click();
  await site.told(t("notice.member_removed"));
  await members.open();
  await expect(members.rows).toHaveCount(1);
  await site.signOut();
  await site.leave(() => site.signIn(email, PASSWORD));
  await site.shows("Casa Olmo");
}
