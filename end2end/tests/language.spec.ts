import type { Page } from "@playwright/test";
import { Details } from "../support/details.ts";
import { expect, test } from "../support/test.ts";
import { catalog, type Language, texts } from "../support/texts.ts";

const NAMES: [Language, string][] = [
  ["es", "Español"],
  ["fr", "Français"],
  ["pl", "Polski"],
];

/** Every text that the page shows or names a control with. */
async function seen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      // People's own words and names of languages, countries and so on are not ours to translate.
      if (!parent?.closest("script, option, [lang]:not(html)")) found.push(walker.currentNode.textContent ?? "");
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name) ?? "");
    }
    return found.map((text) => text.trim()).filter(Boolean);
  });
}

/** English texts that the language says otherwise. */
function english(language: Language): Set<string> {
  const [own, other] = [catalog(language), catalog("en")];
  const translated = [...other].filter(([key, text]) => own.get(key) !== text).map(([, text]) => text);
  const shared = new Set(own.values());
  return new Set(translated.filter((text) => !shared.has(text)));
}

async function noEnglish(page: Page, language: Language): Promise<void> {
  const foreign = english(language);
  expect((await seen(page)).filter((text) => foreign.has(text))).toEqual([]);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

for (const [language, name] of NAMES) {
  // Polish words are the longest.
  const tag = language === "pl" ? "@main" : "@desktop";
  test(`a signed-in person reads everything in ${name}`, { tag }, async ({ site, company, watch }) => {
    const own = texts(language);
    expect(own("store_details.title")).not.toBe("Store details");
    await company.invite("guest@partner.example");
    await site.as(company.administrator);
    await site.open(company.details);
    await site.speak(name);
    await site.shows(own("store_details.title"));
    await noEnglish(site.page, language);

    // Faults, too.
    await site.withoutNativeChecks();
    await site.type({ name: "", contact_email: "x", contact_phone: "1", store_url: "x" });
    await site.button(own("common.save")).click();
    await site.faults("name", own("fault.required"));
    await site.faults("contact_email", own("fault.email"));
    await noEnglish(site.page, language);

    if (site.scripted) site.page.once("dialog", (dialog) => dialog.accept());
    for (const path of [company.members, `${company.members}/new`, company.home, "/stores"]) {
      await site.open(path);
      await noEnglish(site.page, language);
    }
    watch.answers(404);
    await site.open("/nowhere");
    await site.shows(own("error.not_found_title"));
    await noEnglish(site.page, language);
  });

  test(`before signing in all is said in ${name}, and mails are`, async ({ site, client }) => {
    const own = texts(language);
    await site.open("/sign-up");
    const choice = site.page.locator("#page-language");
    const change = site.page.locator("footer").getByRole("button");
    await site.leave(async () => {
      await choice.selectOption(language);
      if (!site.scripted) await change.click();
    });
    await site.shows(own("sign_up.title"));
    await noEnglish(site.page, language);
    await site.open("/sign-in");
    await site.shows(own("sign_in.title"));
    await noEnglish(site.page, language);
    await site.signIn("nobody@people.example", "wrong password");
    await expect(site.alert).toHaveText(own("refusal.wrong_credentials"));
    await site.open("/invitations/unknown");
    await noEnglish(site.page, language);

    const email = `new.${language}.${test.info().project.name}@people.example`;
    const form = { first_name: "A", last_name: "B", email, password: "correct horse battery", phone: "+34915550100" };
    const rest = { language, organization: "Org", store: "Shop", consent_data: "on" };
    await client.done("/api/session/sign-up", { ...form, ...rest });
    expect((await client.mailTo(email)).subject).toBe(own("mail.confirm_subject"));
  });
}

test.describe("a browser's wish", () => {
  test.use({ locale: "fr-CH" });

  test("is followed until a person chooses", async ({ site, company }) => {
    await site.open("/sign-in");
    await site.shows(texts("fr")("sign_in.title"));
    await new Details(site, company).open(company.administrator);
  });
});

test("Polish counts as Polish does", async ({ site, company }) => {
  const own = texts("pl");
  await site.as(company.administrator);
  await site.open(company.members);
  await site.speak("Polski");
  const counted = (form: string, count: number) => own(`members.shown.${form}`, { count });
  await expect(site.page.getByText(counted("one", 1))).toBeVisible();
  for (const [count, form] of [[2, "few"], [5, "many"]] as const) {
    while ((await shown()) < count) await company.invite(`g${await shown()}@partner.example`);
    await site.reload();
    await expect(site.page.getByText(counted(form, count))).toBeVisible();
  }
  async function shown(): Promise<number> {
    return (await company.administrator.client.members(company.store)).length;
  }
});
