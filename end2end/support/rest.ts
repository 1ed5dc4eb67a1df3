// The second half of the module, which pages come to life without (frontend/start.js).
import { expect, type Page } from "@playwright/test";

/** The page came to life with the first half of the module: nothing stood still to wait for the second. */
export async function neededNoMore(page: Page): Promise<void> {
  const waited = () => performance.getEntriesByType("resource").filter((entry) => (entry as PerformanceResourceTiming).initiatorType === "xmlhttprequest");
  expect(await page.evaluate(waited).then((entries) => entries.length), "what `make later` notes is out of date").toBe(0);
}
