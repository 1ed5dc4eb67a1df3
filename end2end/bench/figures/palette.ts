// P21: from a key press in the palette to the painted result, with a thousand fields to find.
import type { Browser } from "@playwright/test";
import { openMembers, visit } from "../support/browser.ts";
import { type Figure, single } from "../support/figure.ts";
import { quantile } from "../support/pairs.ts";
import type { Side } from "../support/side.ts";

const FIELDS = 1000;
const WORDS =
  "sender address domain phone tracking checkout invoice payment courier parcel newsletter discount voucher webhook secret token region currency language format number week holiday delivery return refund warehouse stock price margin category brand supplier customer segment campaign template subject preview footer header banner colour contrast button accent logo favicon manifest consent cookie privacy terms retention export import schedule timezone locale fallback translation".split(" ");
/** As people type: also wrongly, and also what finds nothing or everything. */
const TYPED = ["sender addr", "cuorier parcel", "tracknig", "privcy consnet", "zz", "template subject pre", "wrehouse", "a", "currency fomat"];

/** The answer of the index: the palette's labels, then seven texts an entry. */
function index(): string[] {
  let seed = 7;
  const below = (end: number) => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) % end;
  const text = (count: number) => Array.from({ length: count }, () => WORDS[below(WORDS.length)]).join(" ");
  const labels = ["Settings", "Pages", "Stores", "Commands", "Recent", "Nothing found", "All results"];
  const field = (number: number) => ["f", "store", text(3), text(3), `Casa Ana · ${text(2)}`, `/stores/sto_x/settings/general/section-${number >> 4}#field_${number}`, text(18)];
  return [...labels, ...Array.from({ length: FIELDS }, (_, number) => [...field(number), ""]).flat()];
}

declare global {
  interface Window {
    keys: number[];
  }
}

/** Notes for every key how long after it the next frame was drawn. */
function watchKeys(): void {
  window.keys = [];
  addEventListener(
    "keydown",
    ({ key, timeStamp }) => {
      if (key.length > 1 && key !== "Backspace") return;
      requestAnimationFrame(() => {
        // The next task runs after this frame was drawn.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.keys.push(performance.now() - timeStamp);
        port2.postMessage(0);
      });
    },
    true,
  );
}

async function keys(browser: Browser, side: Side): Promise<number[]> {
  return visit(browser, side, { cpu: true }, async (visited) => {
    const { page } = visited;
    await page.route("**/api/search/index**", (route) => route.fulfill({ json: index() }));
    await openMembers(visited, side);
    const loaded = page.waitForResponse(/search\/index/);
    await page.keyboard.press("Control+k");
    await loaded;
    await page.locator(".palette input").waitFor();
    await page.evaluate(watchKeys);
    let pressed = 0;
    const press = async (key: string) => {
      await page.keyboard.press(key === " " ? "Space" : key);
      pressed += 1;
      await page.waitForFunction((pressed) => window.keys.length === pressed, pressed);
    };
    for (const typed of TYPED) {
      for (const letter of typed) await press(letter);
      if (typed === "sender addr") await page.locator(".palette [role=option]", { hasText: /sender.*address|address.*sender/i }).first().waitFor();
      for (const _ of typed) await press("Backspace");
    }
    return page.evaluate(() => window.keys);
  });
}

export async function palette(browser: Browser, ours: Side): Promise<Figure[]> {
  const times = await keys(browser, ours);
  const at = (share: number) => quantile(times, share);
  const note = `${times.length} keys: median; 90 % below ${at(0.9).toFixed(1)}, 99 % below ${at(0.99).toFixed(1)}, all below ${at(1).toFixed(1)}`;
  return [single({ id: "P21", what: `palette, key press to painted result among ${FIELDS} fields, CPU 4x slower`, unit: "ms", good: 33, aim: 16, note }, at(0.5))];
}
