import { initials, tone } from "../../twin/words.ts";

/** Initials in a circle, or for a store in a square. */
export function Avatar({ name, square = false }: { name: string; square?: boolean }) {
  return (
    <span className={`avatar${square ? " square" : ""} tone-${tone(name)}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
