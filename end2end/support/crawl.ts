// Finds every page and every form that somebody can get to, by following links as they stand in
// the pages, so that a new page or form is found without being named.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "./server.ts";

export interface Field {
  name: string;
  /** What it is called on the page. */
  label: string;
  /** `textarea`, `select`, or the type of an `input`. */
  kind: string;
  value: string;
  /** What can be chosen, of a `select`. */
  options: string[];
  checked: boolean;
  required: boolean;
  /** -1 where there is no limit. */
  maxLength: number;
}
export interface Form {
  /** The page it stands on. */
  page: string;
  action: string;
  method: string;
  multipart: boolean;
  fields: Field[];
}
export interface Visited {
  path: string;
  kind: string;
  status: number;
  forms: Form[];
}

/** A source of the application, whole. */
function sources(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files.filter((name) => name.endsWith(".rs")).map((name) => readFileSync(join(root, folder, name), "utf8"));
}

/** The patterns of all pages, as the application declares them. */
export function patterns(): string[] {
  const found = sources("app/src").flatMap((text) => [...text.matchAll(/pattern:\s*(?:concat!\(\$place, )?"([^"]+)"/g)]);
  return [...new Set(found.map(([, pattern]) => pattern!).flatMap((pattern) => (pattern.startsWith("/settings/") ? [`/stores/{store}${pattern}`, `/organizations/{organization}${pattern}`] : [pattern])))];
}

/** A server function that changes something: its address, and the names of its arguments. */
export interface Operation {
  address: string;
  multipart: boolean;
  arguments: string[];
}

/** Every one of them, as the application declares them. */
export function operations(): Operation[] {
  const declared = /#\[server\(endpoint = "([^"]+)"(?:, input = ([\w:]+))?\)\]\s*pub async fn \w+\(([^{]*?)\) ->/g;
  const found = sources("app/src").flatMap((text) => [...text.matchAll(declared)]);
  const changing = found.filter(([, , input]) => !input?.endsWith("GetUrl"));
  return changing.map(([, address, input, list]) => ({
    address: `/api/${address}`,
    multipart: Boolean(input),
    arguments: [...list!.matchAll(/(\w+): /g)].map(([, name]) => name!),
  }));
}

/** Where pages of the same kind are told apart by nothing but whom or what they are about. */
export function kindOf(path: string): string {
  const [place = "", query = ""] = path.split("?");
  const named = place.split("/").map((part) => {
    if (/^[a-z]{3}_[0-9a-f]{32}$/.test(part)) return `{${part.slice(0, 3)}}`;
    return /^\d+$/.test(part) || part.length > 30 ? "{}" : part;
  });
  const names = [...new URLSearchParams(query).keys()].sort();
  return named.join("/") + (names.length ? `?${names.join("&")}` : "");
}

/** Looks at a page as it is served, without going there. */
export async function look(page: Page, path: string): Promise<Visited & { links: string[] }> {
  const seen = await page.evaluate(async (path) => {
    const response = await fetch(path, { headers: { accept: "text/html" } });
    const here = new URL(response.url);
    const shown = new DOMParser().parseFromString(await response.text(), "text/html");
    const address = (text: string | null) => new URL(text ?? "", response.url);
    const own = [...shown.querySelectorAll("a[href]")].map((link) => address(link.getAttribute("href"))).filter((link) => link.origin === here.origin);
    const forms = [...shown.querySelectorAll("form")].map((form) => ({
      page: here.pathname + here.search,
      action: address(form.getAttribute("action")).pathname,
      method: form.method,
      multipart: form.enctype === "multipart/form-data",
      // A control may stand outside of its form.
      fields: [...form.elements].flatMap((element) => {
        if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || element instanceof HTMLButtonElement)) return [];
        if (!element.name || element.matches(":disabled")) return [];
        return [
          {
            name: element.name,
            label: [...(element.labels?.[0]?.childNodes ?? [])].find((node) => node.textContent?.trim())?.textContent?.trim() ?? "",
            kind: element instanceof HTMLInputElement ? element.type : element instanceof HTMLButtonElement ? "button" : element.tagName.toLowerCase(),
            value: element.value,
            options: element instanceof HTMLSelectElement ? [...element.options].filter((option) => !option.disabled).map((option) => option.value) : [],
            checked: element instanceof HTMLInputElement && element.checked,
            required: "required" in element && element.required,
            maxLength: "maxLength" in element ? element.maxLength : -1,
          },
        ];
      }),
    }));
    return { path: here.pathname + here.search, status: response.status, forms, links: own.map((link) => link.pathname + link.search) };
  }, path);
  return { ...seen, kind: kindOf(seen.path) };
}

/** Everything that whoever is signed in finds from these pages on, one page of each kind. */
export async function crawl(page: Page, from: string[], asks = false): Promise<Visited[]> {
  const known = new Set<string>();
  const visited = new Map<string, Visited>();
  const waiting = [...from];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (known.has(kindOf(path)) || /\.(csv|toml)$|^\/(pkg|media|brand)\//.test(path.split("?")[0]!)) continue;
    known.add(kindOf(path));
    const { links, ...seen } = await look(page, path);
    if (!visited.has(seen.kind)) visited.set(seen.kind, seen);
    known.add(seen.kind);
    waiting.push(...links.filter((link) => asks || !link.includes("?")));
  }
  return [...visited.values()];
}
