// Who is there, by the cookie.
import { createHash } from "node:crypto";
import { sql } from "./database.ts";

export const COOKIE = "session";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export interface Viewer {
  person: string;
  name: string;
  email: string;
  theme: Theme;
}
export interface Store {
  id: string;
  name: string;
  organization: string;
}

/** What is kept of a session's secret. */
export function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** The person of a session that has not ended. */
export function viewer(token: string | undefined): Viewer | undefined {
  if (!token) return undefined;
  const text = `SELECT p.id AS person, p.name, p.email, p.theme FROM session s JOIN person p ON p.id = s.person
    WHERE s.token_hash = ? AND s.expires_at > ?`;
  return sql(text).get(hash(token), Date.now()) as Viewer | undefined;
}

/** A store in which this person is Administrator. */
export function managed(person: string, store: string): Store | undefined {
  const text = `SELECT s.id, s.name, s.organization FROM store s JOIN member m ON m.store = s.id
    WHERE s.id = ? AND m.person = ? AND m.role = 'administrator'`;
  return sql(text).get(store, person) as Store | undefined;
}

/** Keeps the choice of colours. */
export function setTheme(person: string, theme: string): void {
  if (THEMES.some((known) => known === theme)) sql("UPDATE person SET theme = ? WHERE id = ?").run(theme, person);
}
