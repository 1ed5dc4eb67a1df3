// The accessibility rules that a machine can check.
import type { Page } from "@playwright/test";
import axe from "axe-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules whose answer depends on colours. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** What is wrong on the page, as short texts: rule, and the elements. */
export async function violations(page: Page, only: "all" | "colours" = "all"): Promise<string[]> {
  // The page may evaluate nothing by itself, so the checker is brought in by the browser.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const runOnly = only === "all" ? { type: "tag", values: WCAG } : { type: "rule", values: COLOURS };
  const found = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    // A thousand entries of lists are alike, and each would cost its time.
    const { violations } = await axe.run({ exclude: ["option"] }, options);
    return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)]);
  }, { runOnly, resultTypes: ["violations"] } as import("axe-core").RunOptions);
  return found.map((parts) => parts.join("\n  "));
}
