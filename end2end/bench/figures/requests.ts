// P1c: the members page as often as one core gives it, against a twin on the same core.
import autocannon from "autocannon";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { compared, type Figure } from "../support/figure.ts";
import { interleaved, outcome } from "../support/pairs.ts";
import type { Side } from "../support/side.ts";

const PEOPLE = 32;

/** Lets a process run on one core only. */
async function pin(pid: number, cores: string): Promise<void> {
  await promisify(execFile)("taskset", ["--all-tasks", "--cpu-list", "--pid", cores, String(pid)]);
}

/** Pages a second; what is no page of members ends it. */
async function rate(side: Side, seconds: number): Promise<number> {
  const result = await autocannon({
    url: side.url + side.members,
    connections: PEOPLE,
    duration: seconds,
    headers: { cookie: `session=${side.session}` },
    verifyBody: (body: unknown) => String(body).split("<tr id=").length === 51,
  });
  const wrong = result.errors + result.non2xx + result.mismatches;
  if (wrong || !result["2xx"]) throw new Error(`${side.name} gave ${result["2xx"]} pages and ${wrong} wrong answers`);
  return result["2xx"] / result.duration;
}

export async function requests(ours: Side, twin: Side, pairs: number, seconds: number): Promise<Figure[]> {
  const sides = [ours, twin];
  for (const { pid } of sides) await pin(pid, "0");
  await pin(process.pid, "1");
  const runs = await interleaved(
    pairs,
    () => rate(ours, seconds),
    () => rate(twin, seconds),
  ).finally(async () => {
    for (const pid of [process.pid, ...sides.map(({ pid }) => pid)]) await pin(pid, "0,1");
  });
  const what = `members page (50 of 1,000 members, signed in), pages a second at ${PEOPLE} connections`;
  const note = "server on one core, what asks it on the other; nothing compressed";
  return [compared({ id: "P1c", what, unit: "1/s", good: 5, aim: 10, less_is_better: false, note }, twin.name, outcome(runs, (rate) => rate))];
}
