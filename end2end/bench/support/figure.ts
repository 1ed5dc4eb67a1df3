// A measured figure, in the shape that the other bench writes, so that both make one table.
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Outcome } from "./pairs.ts";

export interface Figure {
  /** Its name in the project's list of figures. */
  id: string;
  what: string;
  unit: string;
  ours: number;
  /** The other side, measured in the same run. */
  against: [name: string, value: number] | null;
  /** Ours by theirs: the median of the pairs. */
  ratio: number | null;
  /** The lowest and the highest ratio. */
  spread: [low: number, high: number] | null;
  good: number;
  aim: number;
  less_is_better: boolean;
  /** What one must know to judge it. */
  note: string;
  machine: string;
  date: string;
}

type Kind = Pick<Figure, "id" | "what" | "unit" | "good" | "aim"> & Partial<Pick<Figure, "less_is_better" | "note">>;

const where = { machine: `${cpus().length} x ${cpus()[0]?.model.trim() ?? "?"}`, date: new Date().toISOString().slice(0, 10) };

/** A figure that stands by itself. */
export function single(kind: Kind, ours: number): Figure {
  return { less_is_better: true, note: "", ...kind, ours, against: null, ratio: null, spread: null, ...where };
}

/** A figure that is held against another side. */
export function compared(kind: Kind, name: string, { ours, theirs, ratio, spread }: Outcome): Figure {
  return { ...single(kind, ours), against: [name, theirs], ratio, spread };
}

const short = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** Its line in the table. */
export function line({ id, what, unit, ours, against, ratio, spread, good, aim, note }: Figure): string {
  let line = `${id.padEnd(4)} ${what}: ${short(ours)} ${unit}`;
  if (against && ratio !== null && spread) {
    line += ` against ${short(against[1])} (${against[0]}): ${ratio.toFixed(3)} [${spread.map((end) => end.toFixed(3)).join(" to ")}]`;
  }
  return `${line}, good ${good}, aim ${aim}${note && `\n       ${note}`}`;
}

/** Writes `bench-browser.json`. */
export async function write(figures: Figure[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "bench-browser.json"), `${JSON.stringify(figures, null, 2)}\n`);
}
