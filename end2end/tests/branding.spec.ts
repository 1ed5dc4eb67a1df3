import { violations } from "../support/axe.ts";
import { newEmail } from "../support/company.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("colours are previewed, saved, and reach whoever is invited", { tag: "@main" }, async ({ site, company, elsewhere }) => {
  await site.as(company.administrator);
  await site.open(`${company.settings}/general/branding`);
  await site.shows("Branding");
  const sample = site.page.locator(".brand-sample");
  const button = site.page.locator(".brand-button");
  const contrast = site.page.locator("[data-contrast]");
  await expect(sample).toHaveCSS("background-color", "rgb(255, 255, 255)");

  // A scheme is followed by style sheets alone.
  await site.type({ scheme: "night" });
  await expect(sample).toHaveCSS("background-color", "rgb(20, 23, 31)");
  await site.type({ scheme: "custom", primary: "#ffcc00", background: "#102030", text: "#ffffff" });
  if (site.scripted) {
    await expect(sample).toHaveCSS("background-color", "rgb(16, 32, 48)");
    await expect(button).toHaveCSS("background-color", "rgb(255, 204, 0)");
    await expect(contrast).toHaveText("16.5:1");
  }
  await site.button("Save").click();
  await site.told(t("notice.saved"));
  await site.reload();
  await expect(sample).toHaveCSS("background-color", "rgb(16, 32, 48)");
  await expect(button).toHaveCSS("color", /rgb\(0, 0, 0\)|xyz-d65 0 0 0/);
  await expect(contrast).toHaveText("16.5:1");

  const other = await elsewhere();
  await other.open(`/invitations/${await company.invite(newEmail("nowa"))}`);
  await expect(other.page.locator(".auth")).toHaveCSS("background-color", "rgb(16, 32, 48)");
  const accept = other.button(t("invitation.accept"));
  await expect(accept).toHaveCSS("background-color", "rgb(255, 204, 0)");
  await expect(accept).toHaveCSS("color", "rgb(0, 0, 0)");
  if (site.scripted) expect(await violations(other.page)).toEqual([]);
});

test("a text that cannot be read on its background is refused", { tag: "@main" }, async ({ site, company }) => {
  await site.as(company.administrator);
  await site.open(`${company.settings}/general/branding`);
  await site.type({ scheme: "custom", background: "#ffffff", text: "#bbbbbb" });
  if (site.scripted) await expect(site.page.locator("[data-contrast]")).toHaveText("1.9:1");
  await site.button("Save").click();
  await site.faults("text", t("fault.contrast"));
  await site.holds({ scheme: "custom", text: "#bbbbbb" });
});
