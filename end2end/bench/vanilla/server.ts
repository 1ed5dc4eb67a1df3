// Serves the page by hand, with the twins' rules and SQL.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { changeRole, list, remove, roles } from "../twin/members.ts";
import { query } from "../twin/query.ts";
import { managed, viewer } from "../twin/session.ts";
import { initials, tone } from "../twin/words.ts";

const TYPES: Record<string, string> = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", woff2: "font/woff2" };

/** The store that the request may manage. */
function storeOf(request: IncomingMessage, store: string): string | undefined {
  const token = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
  const who = viewer(token);
  return who && managed(who.person, store)?.id;
}

function rows(store: string, search: URLSearchParams): string {
  const page = list(
    store,
    query((name) => search.get(name) || undefined),
  );
  const drawn = page.rows.map((member) => {
    const name = member.name || member.email;
    return { ...member, initials: initials(name), tone: tone(name) };
  });
  return JSON.stringify({ ...page, rows: drawn, roles: roles() });
}

async function form(request: IncomingMessage): Promise<URLSearchParams> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

/** A server of `store` whose files are in `folder`. */
export function serve(store: string, page: string, folder: string, port: number): Promise<() => void> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://here");
    const end = (status: number, type: string, body: string | Buffer) => response.writeHead(status, { "content-type": type }).end(body);
    if (!/^\/(pkg|styles|page)/.test(pathname) && !storeOf(request, store)) return end(404, "text/plain", "not found");
    if (request.method === "POST") {
      const values = await form(request);
      const id = values.get("id") ?? "";
      const fault = pathname === "/role" ? changeRole(store, id, values.get("role") ?? "") : remove(store, id);
      return end(fault ? 409 : 200, "text/plain", fault ?? (pathname === "/role" ? "Role changed" : "Removed"));
    }
    if (pathname === "/rows") return end(200, "application/json", rows(store, searchParams));
    const file = pathname === page ? "/index.html" : pathname;
    const type = TYPES[file.split(".").pop()!] ?? "application/octet-stream";
    const found = await readFile(join(import.meta.dirname, file)).catch(() => readFile(join(folder, file)).catch(() => undefined));
    return found ? end(200, type, found) : end(404, "text/plain", "not found");
  });
  return new Promise((done) => server.listen(port, "127.0.0.1", () => done(() => void server.close())));
}
