// Two sides in turns, A-B-B-A: what drifts on a machine meets both alike.

export interface Outcome {
  /** The medians of both sides. */
  ours: number;
  theirs: number;
  /** The median of the pairs' ratios. */
  ratio: number;
  /** The lowest and the highest ratio. */
  spread: [low: number, high: number];
}

export interface Pair<T> {
  ours: T;
  theirs: T;
}

/** Runs both sides `pairs` times, after a warm-up of each. */
export async function interleaved<T>(pairs: number, ours: () => Promise<T>, theirs: () => Promise<T>): Promise<Pair<T>[]> {
  await ours();
  await theirs();
  const found: Pair<T>[] = [];
  for (let turn = 0; turn < pairs; turn += 1) {
    if (turn % 2 === 0) {
      const first = await ours();
      found.push({ ours: first, theirs: await theirs() });
    } else {
      const first = await theirs();
      found.push({ ours: await ours(), theirs: first });
    }
  }
  return found;
}

/** What came of the pairs in one regard. */
export function outcome<T>(pairs: Pair<T>[], value: (run: T) => number): Outcome {
  const [ours, theirs] = [pairs.map((pair) => value(pair.ours)), pairs.map((pair) => value(pair.theirs))];
  const ratios = ours.map((one, index) => one / theirs[index]!);
  return { ours: median(ours), theirs: median(theirs), ratio: median(ratios), spread: [Math.min(...ratios), Math.max(...ratios)] };
}

/** The middle one of some values, or the mean of the two in the middle. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this share of the values is. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}
