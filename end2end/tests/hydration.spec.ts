// Whether the browser half finds every page as the server drew it, for everybody, in every
// language (R39). Pages are found by following links, so a new one is covered.
import { crawl } from "../support/crawl.ts";
import { send } from "../support/forms.ts";
import { become } from "../support/furnished.ts";
import { neededNoMore } from "../support/rest.ts";
import { sameAsSent } from "../support/same.ts";
import { holds, LONG, some } from "../support/seeded.ts";
import { LANGUAGES } from "../support/texts.ts";
import { expect, test } from "../support/world.ts";

const ROLES = ["owner", "administrator", "marketer", "custom", "outsider", "nobody"] as const;

for (const role of ROLES) {
  test(`pages stay as they were served to the ${role}`, async ({ page, watch, world }) => {
    const { server, people, starts } = world;
    // Some pages are not for everybody; what these get instead is a page as well.
    watch.answers(404);
    watch.answers(403);
    await become(page, server.url, role === "nobody" ? undefined : people[role]);
    await page.goto(`${server.url}/dev/gallery`);
    const found = LONG ? await crawl(page, starts, true) : world.pages;
    const paths = found.map(({ path }) => path).filter((path) => !path.startsWith("/dev/"));
    expect(paths.length).toBeGreaterThan(5);
    for (const language of some(LANGUAGES, 1)) {
      const outcome = await send(page, { action: "/api/session/language", multipart: false }, [["language", language], ["back", "/"]]);
      expect(outcome.done).toBeDefined();
      for (const path of some(paths, 3)) {
        const response = await page.goto(server.url + path);
        await page.locator("html.hydrated").waitFor({ state: "attached" });
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await sameAsSent(page, await response!.text());
        await neededNoMore(page);
      }
    }
    holds("R39 pages stay as they were served", `${paths.length} pages in ${LANGUAGES.length} languages for the ${role}`);
  });
}
