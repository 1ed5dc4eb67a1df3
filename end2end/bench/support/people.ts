// The members that both sides list: always the same thousand.
import { fold } from "../twin/words.ts";

export const MEMBERS = 1000;
/** Those of them who are invited only. */
const INVITED = 20;

export interface Somebody {
  first: string;
  last: string;
  email: string;
  role: string;
  /** Milliseconds since they were last seen; undefined for never. */
  ago: number | undefined;
  invited: boolean;
}

// The font that every page loads has all their letters.
const FIRST = ["Agnieszka", "Baptiste", "Bartosz", "Beatriz", "Dorota", "Ewa", "Hugo", "Inès", "Íñigo", "Jan", "Łucja", "Manon", "Nuria", "Olivier", "Paweł", "Rocío", "Sofía", "Théo", "Urszula", "Zofia"];
const LAST = ["Delacroix", "Etxeberria", "Garnier", "Kowalska", "Lefèvre", "Mazur", "Moreau", "Nowak", "Ortega", "Pawłowski", "Quintana", "Roux", "Sikorska", "Soler", "Torres", "Urbański", "Vidal", "Wójcik", "Żak", "Zubiri"];
const ROLES = ["marketer", "marketer", "marketer", "manager", "analyst"];
const HOUR = 3_600_000;

function somebody(index: number): Somebody {
  const first = FIRST[index % FIRST.length]!;
  const last = LAST[(index * 7 + Math.floor(index / FIRST.length)) % LAST.length]!;
  const number = String(index).padStart(4, "0");
  return {
    first,
    last,
    email: `${fold(first)}.${fold(last)}.${number}@people.example`,
    role: ROLES[index % ROLES.length]!,
    ago: index % 7 === 0 ? undefined : (index * 13 + 2) * HOUR,
    invited: index >= MEMBERS - 1 - INVITED,
  };
}

/** Everybody but the Administrator who looks at the list. */
export const people: readonly Somebody[] = Array.from({ length: MEMBERS - 1 }, (_, index) => somebody(index));
