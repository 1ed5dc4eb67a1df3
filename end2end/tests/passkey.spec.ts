// Passkeys need a name for an address and a script: a server of its own at localhost, with
// Chromium's virtual authenticator.
import type { BrowserContext, Page } from "@playwright/test";
import { Client } from "../support/client.ts";
import { Company, PASSWORD } from "../support/company.ts";
import { freePort, Server } from "../support/server.ts";
import { Site } from "../support/site.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

/** A device that verifies its user and can find its passkeys by itself. */
async function authenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey is added and signs in without a password", { tag: "@scripted" }, async ({ page, context, address, scripted }) => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = await Server.start({ LISTEN: `127.0.0.1:${port}`, PUBLIC_URL: url });
  try {
    const company = await Company.found(server.url, address);
    const { email } = company.administrator;
    await authenticator(context, page);
    const site = new Site(page, scripted);
    await site.open(`${url}/sign-in?next=/me/security`);
    await site.leave(() => site.signIn(email, PASSWORD));
    await site.link(t("account.passkey_add")).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("#name").fill("Virtual device");
    await dialog.getByRole("button", { name: t("account.passkey_add_submit") }).click();
    await site.told(t("notice.passkey_added"));
    await expect(page.locator("tbody tr")).toContainText(["Virtual device"]);

    await site.signOut();
    await site.link(t("sign_in.passkey")).click();
    await site.shows(t("account.passkey_title"));
    await site.leave(() => site.button(t("account.passkey_use")).click());
    await site.shows(company.storeName);
    const mail = await new Client(server.url, address).mailTo(email);
    expect(mail.subject).toBe(t("mail_account.passkey_added_subject"));

    await site.open(`${url}/me/security`);
    await page.locator("tbody tr").getByRole("link", { name: new RegExp(t("account.passkey_remove")) }).click();
    await page.getByRole("dialog").getByRole("button", { name: t("account.passkey_remove") }).click();
    await site.told(t("notice.passkey_removed"));
    await expect(page.getByText(t("account.passkeys_none"))).toBeVisible();
  } finally {
    await page.close();
    await server.stop();
  }
});

test("an address without a name says that passkeys need one", async ({ site }) => {
  await site.open("/account/passkey");
  await expect(site.page.getByText(t("account.passkey_impossible_text"))).toBeVisible();
});
