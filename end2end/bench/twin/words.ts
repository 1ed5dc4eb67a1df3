// How names and times are written: as our page does.
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The first letters of the first and last word of a name. */
export function initials(name: string): string {
  const letters = name.split(/\s+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  const ends = letters.length > 1 ? [letters[0], letters.at(-1)] : letters;
  return ends.join("").toUpperCase();
}

/** One of five tones, the same for the same name. */
export function tone(name: string): number {
  let sum = 0;
  for (const byte of new TextEncoder().encode(name)) sum = (Math.imul(sum, 31) + byte) >>> 0;
  return (sum % 5) + 1;
}

/** What search and sorting use: lower case without diacritics. */
export function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ł", "l");
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const date = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** When somebody was last seen; empty for never. */
export function seenText(at: number, now: number): string {
  if (at < 0) return "";
  const age = now - at;
  if (age < MINUTE) return "just now";
  if (age >= 7 * DAY) return date.format(at);
  if (age >= DAY) return relative.format(-Math.floor(age / DAY), "day");
  if (age >= 60 * MINUTE) return relative.format(-Math.floor(age / (60 * MINUTE)), "hour");
  return relative.format(-Math.floor(age / MINUTE), "minute");
}
