// P9: what one does with the table of members, from the event to the frame that shows the result.
import type { Browser, Page } from "@playwright/test";
import { openMembers, visit } from "../support/browser.ts";
import { compared, type Figure } from "../support/figure.ts";
import { interleaved, median, outcome } from "../support/pairs.ts";
import { stopwatch, took } from "../support/ready.ts";
import type { Side } from "../support/side.ts";

/** An operation, the event it begins with, and an expression for what it must lead to. */
type Operation = [name: string, event: string, done: string, act: (page: Page) => Promise<unknown>];

const rows = "[...document.querySelectorAll('tbody tr')]";
const all = (text: string) => `${rows}.length > 0 && ${rows}.every((row) => /${text}/i.test(row.textContent))`;
const first = (text: string) => `/${text}/i.test(${rows}[0]?.textContent)`;
const sorted = (order: string) => `document.querySelector('thead th').ariaSort === '${order}'`;
const status = (page: Page, value: string) => page.locator(".toolbar select").selectOption(value);

const OPERATIONS: Operation[] = [
  ["sort", "click", `${sorted("descending")} && ${first("Zofia")}`, (page) => page.locator("thead th a").first().click()],
  ["sort back", "click", `${sorted("ascending")} && !${first("Zofia")}`, (page) => page.locator("thead th a").first().click()],
  ["next page", "click", "document.querySelector('tbody tr').id !== window.firstRow", nextPage],
  ["filter", "change", `${rows}.length === 20 && ${all("Invited")}`, (page) => status(page, "invited")],
  ["filter off", "change", `${rows}.length === 50 && ${first("Active")}`, (page) => status(page, "")],
  ["search", "keydown", all("nowak"), search],
  ["ask to remove", "click", "!!document.querySelector('dialog[open]')", (page) => page.locator("tbody tr:nth-child(2) .danger").click()],
];
const REMOVE: Operation = ["remove", "click", "!document.getElementById(window.gone)", (page) => page.locator("dialog[open] footer button").last().click()];

async function nextPage(page: Page): Promise<void> {
  await page.locator(".pager [rel=next]").click();
}

async function search(page: Page): Promise<void> {
  await page.locator(".toolbar input[type=search]").press("Enter");
}

type Run = Record<string, number>;

async function run(browser: Browser, side: Side): Promise<Run> {
  return visit(browser, side, { cpu: true, script: stopwatch }, async (visited) => {
    const { page, rest } = visited;
    await openMembers(visited, side);
    const times: Run = {};
    for (const [name, event, done, act] of [...OPERATIONS, REMOVE]) {
      if (name === "search") await page.locator(".toolbar input[type=search]").evaluate((field: HTMLInputElement) => (field.value = "Nowak"));
      await page.evaluate(() => Object.assign(window, { firstRow: document.querySelector("tbody tr")!.id, gone: document.querySelector("tbody tr:nth-child(2)")!.id }));
      times[name] = await took(page, event, done, () => act(page));
      await rest.reached();
    }
    return times;
  });
}

export async function table(browser: Browser, ours: Side, vanilla: Side, pairs: number): Promise<Figure[]> {
  const runs = await interleaved(
    pairs,
    () => run(browser, ours),
    () => run(browser, vanilla),
  );
  const sum = (run: Run) => Object.values(run).reduce((sum, time) => sum + time, 0);
  const names = [...OPERATIONS, REMOVE].map(([name]) => name);
  const each = names.map((name) => `${name} ${median(runs.map(({ ours }) => ours[name]!)).toFixed(0)}/${median(runs.map(({ theirs }) => theirs[name]!)).toFixed(0)}`);
  const what = "operations on a table of 1,000 members, 50 of them shown (the most that the page shows), CPU 4x slower";
  return [compared({ id: "P9", what, unit: "ms", good: 1.27, aim: 1.12, note: `ours/theirs: ${each.join(", ")}` }, vanilla.name, outcome(runs, sum))];
}
