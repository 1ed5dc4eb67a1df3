// Mails go through a real mail server that demands STARTTLS and sign-in.
import { Company, newEmail, PASSWORD } from "../support/company.ts";
import { MailServer, link } from "../support/mail-server.ts";
import { Members } from "../support/members.ts";
import { Server, type Settings } from "../support/server.ts";
import { expect, test as base } from "../support/test.ts";
import { t } from "../support/texts.ts";

const test = base.extend<{ mail: MailServer; start: (settings: Settings) => Promise<Server> }>({
  mail: async ({}, use) => {
    const mail = await MailServer.start();
    await use(mail);
    await mail.stop();
  },
  start: async ({ browser }, use) => {
    const servers: Server[] = [];
    await use(async (settings) => {
      // What it says of mails that do not leave is what is wanted here.
      const server = await Server.start({ LOG: "off", ...settings });
      servers.push(server);
      return server;
    });
    // Pages leave first: what one of them still loads would be refused.
    const pages = browser.contexts().flatMap((context) => context.pages());
    await Promise.all(pages.map((page) => page.goto("about:blank")));
    for (const server of servers) await server.stop();
  },
});

test("an invitation arrives by a private line and its link works", async ({ site, elsewhere, mail, start, address }) => {
  const server = await start(mail.settings());
  const company = await Company.found(server.url, address);
  const email = newEmail("nowa");
  const members = new Members(site, { members: server.url + company.members });
  await members.open(company.administrator);
  await members.invite(email);
  await site.told(t("notice.invited"));

  await expect.poll(() => mail.to(email).length).toBe(1);
  const [delivered] = mail.to(email);
  expect(delivered!.secure).toBe(true);
  expect(delivered!.user).toBe("console@console.example");
  expect(delivered!.text).toContain(`To: ${email}`);
  const other = await elsewhere();
  await other.open(server.url + link(delivered!));
  await other.type({ first_name: "Nowa", last_name: "Osoba", password: PASSWORD });
  await other.leave(() => other.button(t("invitation.accept")).click());
  await other.told(t("notice.joined"));
  expect(mail.to(email)).toHaveLength(1);
});

test("a wrong password of ours is told at the member", async ({ site, mail, start, address }) => {
  const server = await start(mail.settings("wrong"));
  const company = await Company.found(server.url, address);
  const email = newEmail("nowa");
  const members = new Members(site, { members: server.url + company.members });
  await members.open(company.administrator);
  await members.invite(email);
  // The page does not wait for the mail.
  await site.told(t("notice.invited"));
  await expect(async () => {
    await site.reload();
    await expect(members.row(email)).toContainText(t("members.status_mail_failed"), { timeout: 500 });
  }).toPass();
  expect(mail.mails).toHaveLength(0);
});

test("a mail server that says later gets the mail later", async ({ mail, start, address }) => {
  const server = await start(mail.settings());
  const company = await Company.found(server.url, address);
  const email = newEmail("nowa");
  mail.refuse(email, 451, "greylisted, try again later");
  await company.invite(email);
  await expect.poll(() => mail.to(email).length).toBe(1);
  expect(mail.refused(email)).toBe(true);
});

test("a refused mail says why", async ({ site, mail, start, address }) => {
  const server = await start(mail.settings());
  const company = await Company.found(server.url, address);
  const email = newEmail("nowa");
  mail.refuse(email, 550, "nobody of that name");
  await company.invite(email);
  await expect.poll(() => mail.refused(email)).toBe(true);
  const members = new Members(site, { members: server.url + company.members });
  await site.as(company.administrator);
  await expect(async () => {
    await site.open(server.url + company.members);
    await expect(members.row(email)).toContainText(t("members.status_mail_failed"), { timeout: 500 });
  }).toPass();
  expect(mail.to(email)).toHaveLength(0);
});
