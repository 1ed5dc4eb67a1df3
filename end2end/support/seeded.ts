// What a proof takes of many: all of it in the long run (`make prove`), else a few by a seed that is
// printed.
import { appendFileSync } from "node:fs";

/** Per cent of the full length. */
const percent = Number(process.env["STORE_MANAGER_PROVE"] ?? 0);
/** Whether proofs run long. */
export const LONG = percent > 0;

/** How many: one, in the long run as much of these as was asked for. */
export function rounds(long: number): number {
  return Math.max(1, Math.floor((long * percent) / 100));
}

/** Says in the table of the long run what was done and held. */
export function holds(property: string, what: string): void {
  const table = process.env["STORE_MANAGER_PROOFS"];
  if (table) appendFileSync(table, `${property}\t${what}\tholds\n`);
}

// As in the proofs in Rust: whoever runs the tests twice makes the same choices twice.
const seed = Number(process.env["STORE_MANAGER_SEED"] ?? 1);
/** To repeat a run. */
export const SEED = `STORE_MANAGER_SEED=${seed}`;

let state = seed >>> 0;
/** A number from 0 up to below 1: mulberry32. */
export function random(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** These in another order. */
export function shuffled<T>(all: readonly T[]): T[] {
  return all.map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at).map(({ one }) => one);
}

/** This many; in the long run all, or as much of them as was asked for. */
export function some<T>(all: readonly T[], count: number): T[] {
  const most = Math.max(count, Math.ceil((all.length * percent) / 100));
  return most < all.length ? shuffled(all).slice(0, most) : [...all];
}
