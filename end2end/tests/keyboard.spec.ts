import type { Locator } from "@playwright/test";
import { newEmail } from "../support/company.ts";
import { Members } from "../support/members.ts";
import type { Site } from "../support/site.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

/** Presses Tab until the element has the focus, which must be visible. */
async function tabTo(site: Site, wanted: Locator): Promise<void> {
  // A page that a link led to may be there before its style, which frames what has the focus.
  await site.page.waitForLoadState();
  for (let presses = 0; presses < 80; presses += 1) {
    await site.page.keyboard.press("Tab");
    if (!(await wanted.evaluate((element) => element === document.activeElement))) continue;
    // A field with a button in it is framed as a whole.
    const outlines = await wanted.evaluate((element) =>
      [element, element.parentElement!].map((framed) => getComputedStyle(framed).outlineStyle),
    );
    expect(outlines, "the focus can be seen").toContain("solid");
    return;
  }
  throw new Error(`Tab does not lead to ${wanted}`);
}

async function press(site: Site, wanted: Locator, key = "Enter"): Promise<void> {
  await tabTo(site, wanted);
  await site.page.keyboard.press(key);
}

test("the main flow needs no mouse", { tag: "@main" }, async ({ site, company }) => {
  const { page } = site;
  const { keyboard } = page;
  const { email, password } = company.administrator;
  await site.open("/sign-in");
  await tabTo(site, site.field("email"));
  await keyboard.type(email);
  await tabTo(site, site.field("password"));
  await keyboard.type(password);
  await site.leave(() => keyboard.press("Enter"));
  await site.shows(company.storeName);

  await press(site, page.locator("button[popovertarget=selector]"));
  await press(site, site.link(`Configuration of ${company.storeName}`));
  await site.shows("Store details");
  await tabTo(site, site.field("city"));
  await keyboard.press("Control+a");
  await keyboard.type("Toledo");
  await press(site, site.button("Save"));
  await site.told(t("notice.saved"));

  await site.open(company.members);
  await press(site, page.getByRole("link", { name: t("common.skip") }));
  await press(site, site.link("Add new member"));
  const members = new Members(site, company);
  await expect(members.dialog).toBeVisible();
  const invited = newEmail("nowa");
  const field = members.dialog.getByLabel("Email");
  // A modal pop-up gives it the focus by itself, a moment after it is seen.
  if (site.scripted) await expect(field).toBeFocused();
  else if (!(await field.evaluate((element) => element === document.activeElement))) await tabTo(site, field);
  await keyboard.type(invited);
  await tabTo(site, members.dialog.getByLabel("Store role"));
  await keyboard.press("ArrowUp");
  await press(site, members.dialog.getByRole("button", { name: "OK" }));
  await site.told(t("notice.invited"));
  await expect(members.role(invited)).toHaveValue("administrator");

  await press(site, page.locator("button[popovertarget=person-menu]"));
  await tabTo(site, site.button(t("nav.sign_out")));
  await site.leave(() => keyboard.press("Enter"));
  await site.shows(t("sign_in.title"));
});
