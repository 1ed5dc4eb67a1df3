// P8: the slowest interaction of a visit, as browsers report it for "interaction to next paint".
import type { Browser, Page } from "@playwright/test";
import { openMembers, visit } from "../support/browser.ts";
import { compared, type Figure } from "../support/figure.ts";
import { interleaved, median, outcome } from "../support/pairs.ts";
import type { Side } from "../support/side.ts";

declare global {
  interface Window {
    slowest: () => number;
  }
}

/** Browsers say nothing of what is quicker. */
const UNSEEN = 16;

/** Keeps what the browser reports of interactions. */
function listen(): void {
  let entries: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => void entries.push(...list.getEntries()));
  observer.observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  window.slowest = () => {
    entries.push(...observer.takeRecords());
    const seen = entries.filter((entry) => (entry as PerformanceEntry & { interactionId: number }).interactionId > 0);
    entries = [];
    return Math.max(0, ...seen.map((entry) => entry.duration));
  };
}

type Step = [name: string, act: (page: Page) => Promise<unknown>, shown: (page: Page) => Promise<unknown>];

const row = (page: Page) => page.locator("tbody tr", { hasText: "Agnieszka" }).nth(2);
const dialog = (page: Page) => page.locator("dialog[open] input[name=email]");

const STEPS: Step[] = [
  ["open menu", (page) => page.locator("button[popovertarget=person-menu]").click(), (page) => page.locator("#person-menu").waitFor()],
  ["close menu", (page) => page.keyboard.press("Escape"), (page) => page.locator("#person-menu").waitFor({ state: "hidden" })],
  ["change role", changeRole, (page) => page.locator(".toasts", { hasText: /role/i }).waitFor()],
  ["type", (page) => type(page, "Nowak"), (page) => page.locator("[role=search] input[type=search]").first().waitFor()],
  ["search", (page) => page.keyboard.press("Enter"), (page) => page.waitForFunction(() => [...document.querySelectorAll("tbody tr")].every((row) => /nowak/i.test(row.textContent!)))],
  ["sort", (page) => page.locator("thead th a").first().click(), (page) => page.locator("thead th[aria-sort=descending]").waitFor()],
  ["open pop-up", (page) => page.locator(".toolbar > .primary").click(), (page) => dialog(page).waitFor()],
  ["close pop-up", (page) => page.keyboard.press("Escape"), (page) => page.locator("dialog[open]").waitFor({ state: "hidden" })],
];

async function changeRole(page: Page): Promise<void> {
  const select = row(page).locator("select");
  await select.focus();
  await page.keyboard.press((await select.inputValue()) === "marketer" ? "ArrowDown" : "ArrowUp");
}

async function type(page: Page, text: string): Promise<void> {
  await page.locator(".toolbar input[type=search]").click();
  for (const letter of text) await page.keyboard.press(letter);
}

type Run = Record<string, number>;

/** One visit: each step once the page has come to rest after the one before. */
async function run(browser: Browser, side: Side): Promise<Run> {
  return visit(browser, side, { cpu: true, script: listen }, async (visited) => {
    const { page, rest } = visited;
    await openMembers(visited, side);
    await page.evaluate(() => window.slowest());
    const select = row(page).locator("select");
    const before = await select.inputValue();
    const slowest: Run = {};
    for (const [name, act, shown] of STEPS) {
      await act(page);
      await shown(page);
      await rest.reached();
      slowest[name] = Math.max(UNSEEN, await page.evaluate(() => window.slowest()));
    }
    await openMembers(visited, side);
    if ((await select.inputValue()) === before) throw new Error(`${side.name} did not keep the role`);
    return slowest;
  });
}

export async function interactions(browser: Browser, ours: Side, twin: Side, pairs: number): Promise<Figure[]> {
  const runs = await interleaved(
    pairs,
    () => run(browser, ours),
    () => run(browser, twin),
  );
  const worst = (run: Run) => Math.max(...Object.values(run));
  const steps = STEPS.map(([name]) => `${name} ${median(runs.map(({ ours }) => ours[name]!))}/${median(runs.map(({ theirs }) => theirs[name]!))}`);
  const kind = { id: "P8", what: "slowest of the interactions of a visit to the members page (INP), CPU 4x slower", unit: "ms", good: 100, aim: 40 };
  return [compared({ ...kind, note: `ours/theirs, ${UNSEEN} is "at most": ${steps.join(", ")}` }, twin.name, outcome(runs, worst))];
}
