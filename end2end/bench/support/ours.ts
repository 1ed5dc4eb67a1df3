// Our program with a store of a thousand members.
import Database from "libsql";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Company } from "../../support/company.ts";
import { Server } from "../../support/server.ts";
import { fold } from "../twin/words.ts";
import { people } from "./people.ts";
import type { Side } from "./side.ts";

export async function ours(): Promise<Side> {
  const data = await mkdtemp(join(tmpdir(), "store-manager-bench-"));
  // Pages are made anew for each request, as the twins make them.
  const server = await Server.start({ DATA_DIR: data, PAGE_CACHE_MB: "0" });
  const company = await Company.found(server.url, "10.0.0.1");
  enrol(join(data, "store-manager.db"), company.store);
  for (const { email, role, invited } of people) {
    if (!invited) continue;
    await company.administrator.client.done("/api/members/invite", { store: company.store, email, role });
  }
  return {
    name: "Store Manager",
    url: server.url,
    members: company.members,
    session: company.administrator.client.session,
    pid: server.pid,
    stop: async () => {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Writes members beside the running program: to let a thousand accept would take minutes of hashing passwords. */
function enrol(file: string, store: string): void {
  const database = new Database(file, { timeout: 10_000 });
  const person = database.prepare(
    `INSERT INTO person (id, email, first_name, last_name, name_key, phone, password_hash, language, theme, last_seen_at, created_at)
     VALUES (?, ?, ?, ?, ?, '', '', 'en', 'system', ?, ?)`,
  );
  const colleague = database.prepare(
    "INSERT INTO organization_member (organization_id, person_id, role, joined_at) SELECT organization_id, ?, 'member', ? FROM store WHERE id = ?",
  );
  const member = database.prepare("INSERT INTO store_member (id, store_id, person_id, role, joined_at) VALUES (?, ?, ?, ?, ?)");
  const now = Date.now();
  const all = database.transaction(() => {
    people.forEach(({ first, last, email, role, ago, invited }, index) => {
      if (invited) return;
      const digits = index.toString(16).padStart(32, "0");
      const id = `per_${digits}`;
      const seen = ago === undefined ? null : now - ago;
      person.run(id, email, first, last, fold(`${first} ${last}`), seen, now);
      colleague.run(id, now, store);
      member.run(`mem_${digits}`, store, id, role, now);
    });
  });
  all.immediate();
  database.close();
}
