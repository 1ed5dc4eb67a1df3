// P7b: every save of the members page works where the browser half never arrives.
import type { Browser, Page } from "@playwright/test";
import { visit } from "../support/browser.ts";
import { type Figure, single } from "../support/figure.ts";
import type { Side } from "../support/side.ts";

type Save = [name: string, act: (page: Page) => Promise<unknown>, kept: (page: Page) => Promise<boolean>];

const EMAIL = "plain.forms@people.example";
const invited = (page: Page) => page.locator("tbody tr", { hasText: EMAIL });

const SAVES: Save[] = [
  ["invite", invite, async (page) => (await invited(page).count()) === 1],
  ["role", changeRole, async (page) => (await invited(page).locator("select").inputValue()) === "manager"],
  ["remove", remove, async (page) => (await invited(page).count()) === 0],
  ["theme", (page) => choose(page, "theme", "dark"), async (page) => (await page.locator("button[name=theme][value=dark]").getAttribute("aria-pressed")) === "true"],
  ["language", (page) => choose(page, "language", "pl"), async (page) => (await page.locator("html").getAttribute("lang")) === "pl"],
];

async function invite(page: Page): Promise<void> {
  await page.locator(".toolbar > .primary").click();
  await page.locator("#email").fill(EMAIL);
  await page.locator("dialog[open] footer button").last().click();
}

async function changeRole(page: Page): Promise<void> {
  await invited(page).locator("select").selectOption("manager");
  await invited(page).getByRole("button").click();
}

async function remove(page: Page): Promise<void> {
  await invited(page).locator(".danger").click();
  await page.locator("dialog[open] footer button").last().click();
}

async function choose(page: Page, name: string, value: string): Promise<void> {
  await page.locator("button[popovertarget=person-menu]").click();
  await page.locator(`button[name=${name}][value=${value}]`).click();
}

/** Does a save and looks at a page loaded afresh whether it was kept. */
async function works(page: Page, list: string, [, act, kept]: Save): Promise<boolean> {
  await page.goto(list);
  const sent = page.waitForResponse((response) => response.request().method() === "POST");
  await act(page);
  await sent;
  await page.waitForLoadState();
  await page.goto(list);
  return kept(page);
}

export async function withoutWasm(browser: Browser, ours: Side): Promise<Figure[]> {
  const failed: string[] = [];
  const options = { allowed: /without its browser half|ERR_FAILED/ };
  await visit(browser, ours, options, async ({ page }) => {
    await page.route("**/*.wasm", (route) => route.abort());
    for (const save of SAVES) {
      if (!(await works(page, `${ours.url}${ours.members}?q=plain.forms`, save))) failed.push(save[0]);
    }
    if (await page.locator("html.hydrated").count()) throw new Error("wasm was not blocked");
    // As it was, for the figures after this one.
    await choose(page, "language", "en");
    await page.locator("html[lang=en]").waitFor();
    await choose(page, "theme", "system");
    await page.locator("button[name=theme][value=system][aria-pressed=true]").waitFor({ state: "attached" });
  });
  const what = `saves of the members page that work with wasm blocked, of ${SAVES.length}`;
  const note = failed.length ? `not: ${failed.join(", ")}` : SAVES.map(([name]) => name).join(", ");
  return [single({ id: "P7b", what, unit: "saves", good: SAVES.length, aim: SAVES.length, less_is_better: false, note }, SAVES.length - failed.length)];
}
