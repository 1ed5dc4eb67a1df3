// The list of members and what changes it: the twins' rules and SQL.
import { randomUUID } from "node:crypto";
import { open, sql } from "./database.ts";
import { type Column, order, type Query } from "./query.ts";
import { fold, seenText } from "./words.ts";

export const PAGE = 50;

export interface Role {
  code: string;
  name: string;
}
export interface Member {
  id: string;
  person: string | null;
  name: string;
  email: string;
  role: string;
  /** How long ago they were seen; empty for never. */
  seen: string;
  status: "active" | "invited";
}
export interface Page {
  rows: Member[];
  next: string | undefined;
  previous: string | undefined;
}

type Row = Omit<Member, "seen"> & { seen: number; sort_key: string | number };

// What may be sorted by, as SQL: nothing that comes from the address becomes part of a statement.
const KEYS: Record<Column, string> = {
  name: "name_key",
  role: "(role || ' ' || name_key)",
  seen: "seen",
  status: "(status || ' ' || name_key)",
};

const pattern = (text: string) => (text ? `%${text.replaceAll(/[\\%_]/g, "\\$&")}%` : "");
const encode = (row: Row) => Buffer.from(JSON.stringify([row.sort_key, row.id])).toString("base64url");

function decode(text: string | undefined): [string | number, string] | undefined {
  try {
    const place: unknown = text && JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(place) && place.length === 2 ? (place as [string | number, string]) : undefined;
  } catch {
    return undefined;
  }
}

/** A page of a store's members; keyset pagination in both directions. */
export function list(store: string, asked: Query): Page {
  const { by, descending } = order(asked.sort);
  const [after, before] = [decode(asked.after), decode(asked.before)];
  const back = !after && before !== undefined;
  const down = descending !== back;
  const place = after ?? before;
  const key = KEYS[by];
  const text = `SELECT id, person, name, email, role, seen, status, ${key} AS sort_key FROM member
    WHERE store = $store AND ($name = '' OR name_key LIKE $name ESCAPE '\\' OR email LIKE $email ESCAPE '\\')
      AND ($status = '' OR status = $status)
      ${place ? `AND (${key}, id) ${down ? "<" : ">"} ($key, $id)` : ""}
    ORDER BY ${key} ${down ? "DESC" : "ASC"}, id ${down ? "DESC" : "ASC"} LIMIT ${PAGE + 1}`;
  const values = { store, name: pattern(fold(asked.q)), email: pattern(asked.q.toLowerCase()), status: asked.status };
  const rows = sql(text).all(place ? { ...values, key: place[0], id: place[1] } : values) as Row[];
  const more = rows.length > PAGE;
  rows.length = Math.min(rows.length, PAGE);
  if (back) rows.reverse();
  const [first, last] = [rows.at(0), rows.at(-1)];
  const now = Date.now();
  return {
    rows: rows.map(({ sort_key: _, seen, ...row }) => ({ ...row, seen: seenText(seen, now) })),
    previous: first && (back ? more : place !== undefined) ? encode(first) : undefined,
    next: last && (back || more) ? encode(last) : undefined,
  };
}

/** The roles that one may give. */
export function roles(): Role[] {
  return sql("SELECT code, name FROM role ORDER BY position").all() as Role[];
}

/** Why something was not done. */
export type Fault = "email" | "role" | "already" | "last" | "gone";

const knownRole = (role: string) => sql("SELECT 1 FROM role WHERE code = ?").get(role) !== undefined;

/** Gives a member another role. */
export function changeRole(store: string, id: string, role: string): Fault | undefined {
  if (!knownRole(role)) return "role";
  return changed(store, id, () => sql("UPDATE member SET role = ? WHERE store = ? AND id = ?").run(role, store, id));
}

/** Removes a member, or cancels an invitation. */
export function remove(store: string, id: string): Fault | undefined {
  return changed(store, id, () => sql("DELETE FROM member WHERE store = ? AND id = ?").run(store, id));
}

/** A change to a member that leaves the store with an Administrator. */
function changed(store: string, id: string, change: () => unknown): Fault | undefined {
  class Undone extends Error {}
  let fault: Fault | undefined;
  const all = open().transaction(() => {
    if (!sql("SELECT 1 FROM member WHERE store = ? AND id = ?").get(store, id)) fault = "gone";
    else change();
    const left = "SELECT 1 FROM member WHERE store = ? AND role = 'administrator' AND status = 'active'";
    if (!fault && !sql(left).get(store)) fault = "last";
    if (fault) throw new Undone();
  });
  try {
    all.immediate();
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return fault;
}

/** Invites somebody. */
export function invite(store: string, email: string, role: string): Fault | undefined {
  const folded = email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(folded) || folded.length > 254) return "email";
  if (!knownRole(role)) return "role";
  const text = `INSERT INTO member (id, store, name, name_key, email, role, seen, status)
    VALUES (?, ?, '', ?, ?, ?, -1, 'invited') ON CONFLICT (store, email) DO NOTHING`;
  const { changes } = sql(text).run(`inv_${randomUUID()}`, store, folded, folded, role);
  return changes === 1 ? undefined : "already";
}

export const FAULTS: Record<Fault, string> = {
  email: "Enter an email address such as name@example.com.",
  role: "Choose a role.",
  already: "This person is a member already, or invited.",
  last: "A store always keeps one Administrator.",
  gone: "This member is no longer there.",
};
