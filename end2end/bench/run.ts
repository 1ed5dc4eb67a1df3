// Measures our pages in a browser against twins of them: `make bench-browser`.
import { test } from "@playwright/test";
import { resolve } from "node:path";
import { firstClick } from "./figures/first-click.ts";
import { interactions } from "./figures/interactions.ts";
import { mobile } from "./figures/lighthouse.ts";
import { palette } from "./figures/palette.ts";
import { requests } from "./figures/requests.ts";
import { table } from "./figures/table.ts";
import { withoutWasm } from "./figures/without-wasm.ts";
import { launch } from "./support/browser.ts";
import { type Figure, line, write } from "./support/figure.ts";
import { NEXT, SVELTEKIT } from "./support/makes.ts";
import { ours as startOurs } from "./support/ours.ts";
import type { Side } from "./support/side.ts";
import { twin } from "./support/twin.ts";
import { vanilla } from "./support/vanilla.ts";

const PAIRS = Number(process.env["PAIRS"] ?? 5);
/** Figures asked for, such as P6,P7; all where it is empty. */
const ONLY = (process.env["ONLY"] ?? "").split(",").filter(Boolean);
const OUT = resolve(process.env["OUT"] ?? "../target/bench");

const wants = (...ids: string[]) => !ONLY.length || ids.some((id) => ONLY.includes(id));

/** Keeps and prints figures as they are found. */
class Table {
  readonly figures: Figure[] = [];

  async add(ids: string[], measure: () => Promise<Figure[]>): Promise<void> {
    if (!wants(...ids)) return;
    for (const figure of await measure()) {
      this.figures.push(figure);
      console.log(line(figure));
    }
  }
}

async function measure(ours: Side, peers: Side[], byHand: Side): Promise<Figure[]> {
  const found = new Table();
  const browser = await launch();
  for (const peer of peers) {
    await found.add(["P6", "P7"], () => firstClick(browser, ours, peer, PAIRS));
    await found.add(["P8"], () => interactions(browser, ours, peer, PAIRS));
    await found.add(["P1c"], () => requests(ours, peer, PAIRS, 2));
  }
  await found.add(["P9"], () => table(browser, ours, byHand, PAIRS));
  await found.add(["P21"], () => palette(browser, ours));
  await found.add(["P7b"], () => withoutWasm(browser, ours));
  await browser.close();
  for (const peer of peers) await found.add(["P8"], () => mobile(ours, peer, Math.min(PAIRS, 3)));
  return found.figures;
}

test("figures", async () => {
  const ours = await startOurs();
  const peers = [await twin(NEXT, ours), await twin(SVELTEKIT, ours)];
  const byHand = await vanilla(ours);
  await write(await measure(ours, peers, byHand), OUT);
  for (const side of [...peers, byHand, ours]) await side.stop();
});
