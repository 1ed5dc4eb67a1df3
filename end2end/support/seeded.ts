// What a proof takes of many: all of it in the long run, else a few by a seed that is printed.

/** Whether proofs run in full. */
export const LONG = process.env["STORE_MANAGER_PROVE"] !== undefined;

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

/** All in the long run, else this many. */
export function some<T>(all: readonly T[], count: number): T[] {
  return LONG ? [...all] : shuffled(all).slice(0, count);
}
