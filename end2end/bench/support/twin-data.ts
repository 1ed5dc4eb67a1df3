// The data of a twin: the same thousand members as in our program.
import Database from "libsql";
import { randomBytes } from "node:crypto";
import { SCHEMA } from "../twin/schema.ts";
import { hash } from "../twin/session.ts";
import { fold } from "../twin/words.ts";
import { people } from "./people.ts";

const ROLES = [
  ["administrator", "Administrator"],
  ["marketer", "Marketer"],
  ["manager", "Manager"],
  ["analyst", "Analyst"],
  ["coordinator", "Campaign coordinator"],
  ["content_creator", "Content creator"],
] as const;
export const STORE = "sto_twin";
/** The path of its members' page. */
export const MEMBERS_PAGE = `/stores/${STORE}/settings/general/members`;
const OWNER = { person: "per_owner", name: "Ana Olmo", email: "ana.olmo@people.example" };

/** Makes the database `file`; gives the session of the store's Administrator. */
export function fill(file: string): string {
  const session = randomBytes(32).toString("base64url");
  const database = new Database(file);
  database.exec("PRAGMA journal_mode = WAL");
  database.exec(SCHEMA);
  const now = Date.now();
  const all = database.transaction(() => {
    database.prepare("INSERT INTO store VALUES (?, 'Casa Olmo', 'Casa Olmo Group')").run(STORE);
    ROLES.forEach(([code, name], position) => database.prepare("INSERT INTO role VALUES (?, ?, ?)").run(code, name, position));
    database.prepare("INSERT INTO person (id, email, name, name_key) VALUES (?, ?, ?, ?)").run(OWNER.person, OWNER.email, OWNER.name, fold(OWNER.name));
    database.prepare("INSERT INTO session VALUES (?, ?, ?)").run(hash(session), OWNER.person, now + 86_400_000);
    const member = database.prepare("INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    member.run("mem_owner", STORE, OWNER.person, OWNER.name, fold(OWNER.name), OWNER.email, "administrator", now, "active");
    people.forEach(({ first, last, email, role, ago, invited }, index) => {
      const name = invited ? "" : `${first} ${last}`;
      const seen = invited || ago === undefined ? -1 : now - ago;
      member.run(`mem_${index}`, STORE, null, name, fold(name || email), email, role, seen, invited ? "invited" : "active");
    });
  });
  all.immediate();
  database.close();
  return session;
}
