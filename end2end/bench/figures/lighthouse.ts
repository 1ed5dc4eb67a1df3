// P8: what Lighthouse says of the members page on a telephone.
import lighthouse from "lighthouse";
import { freePort } from "../../support/server.ts";
import { launch } from "../support/browser.ts";
import { compared, type Figure } from "../support/figure.ts";
import { interleaved, median, outcome } from "../support/pairs.ts";
import type { Side } from "../support/side.ts";

const AUDITS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"] as const;
type Score = Record<(typeof AUDITS)[number] | "score", number>;

/** The score of one load in a browser of its own, from 0 to 100. */
async function score(side: Side): Promise<Score> {
  const port = await freePort();
  const browser = await launch(port);
  try {
    const result = await lighthouse(side.url + side.members, {
      port,
      logLevel: "error",
      onlyCategories: ["performance"],
      extraHeaders: { Cookie: `session=${side.session}` },
    });
    const report = result!.lhr;
    const points = report.categories["performance"]?.score;
    if (report.runtimeError || points === null || points === undefined) throw new Error(`Lighthouse: ${JSON.stringify(report.runtimeError)}`);
    if (new URL(report.finalDisplayedUrl).pathname !== side.members) throw new Error(`Lighthouse saw ${report.finalDisplayedUrl}`);
    const values = AUDITS.map((audit) => [audit, report.audits[audit]!.numericValue!]);
    return { score: points * 100, ...Object.fromEntries(values) };
  } finally {
    await browser.close();
  }
}

export async function mobile(ours: Side, twin: Side, pairs: number): Promise<Figure[]> {
  const runs = await interleaved(
    pairs,
    () => score(ours),
    () => score(twin),
  );
  const parts = AUDITS.map((audit) => {
    const middle = (side: "ours" | "theirs") => median(runs.map((pair) => pair[side][audit])).toFixed(audit.endsWith("shift") ? 3 : 0);
    return `${audit} ${middle("ours")}/${middle("theirs")}`;
  });
  const kind = { id: "P8", what: "Lighthouse performance of the members page, mobile", unit: "points", good: 97, aim: 100, less_is_better: false };
  return [compared({ ...kind, note: `ours/theirs: ${parts.join(", ")}` }, twin.name, outcome(runs, ({ score }) => score))];
}
