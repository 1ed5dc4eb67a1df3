// How the list of members is asked for: what stands in its address.

/** What may be sorted by. */
const COLUMNS = ["name", "role", "seen", "status"] as const;
export type Column = (typeof COLUMNS)[number];

/** The list's state as it stands in the address. */
export interface Query {
  q: string;
  status: string;
  sort: string;
  after?: string | undefined;
  before?: string | undefined;
}

/** A column and direction: `-name` is descending. */
export function order(sort: string): { by: Column; descending: boolean } {
  const descending = sort.startsWith("-");
  const by = COLUMNS.find((column) => column === (descending ? sort.slice(1) : sort));
  return by ? { by, descending } : { by: "name", descending: false };
}

/** The state that these parameters stand for. */
export function query(get: (name: string) => string | undefined): Query {
  return { q: get("q") ?? "", status: get("status") ?? "", sort: get("sort") ?? "name", after: get("after"), before: get("before") };
}

/** The address of the list in a state. */
export function address(path: string, state: Partial<Query>): string {
  const said = Object.entries(state).filter(([name, value]) => value && !(name === "sort" && value === "name"));
  return said.length ? `${path}?${new URLSearchParams(said as [string, string][])}` : path;
}
