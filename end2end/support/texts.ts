// The visible texts, as the program has them: tests name them by key, so that a better wording
// breaks none. Names that are promised to people stand in the tests as they are.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./server.ts";

export const LANGUAGES = ["en", "es", "fr", "pl"] as const;
export type Language = (typeof LANGUAGES)[number];
type Values = Record<string, string | number>;

/** The texts of a language by key; of a plural its forms, such as `fault.summary.one`. */
export function catalog(language: Language): Map<string, string> {
  const folder = join(root, `app/model/texts/${language}`);
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  const texts = new Map<string, string>();
  let table = "";
  for (const line of lines) {
    table = /^\[(\w+)\]/.exec(line)?.[1] ?? table;
    const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
    // Articles of several lines are looked up by nobody.
    if (!key || !value || value === '"""') continue;
    if (value.startsWith('"')) texts.set(`${table}.${key}`, JSON.parse(value));
    for (const [, form, text] of value.startsWith("{") ? value.matchAll(/(\w+) = ("(?:[^"\\]|\\.)*")/g) : []) {
      texts.set(`${table}.${key}.${form}`, JSON.parse(text!));
    }
  }
  return texts;
}

/** Looks texts of a language up. */
export function texts(language: Language): (key: string, values?: Values) => string {
  const all = catalog(language);
  return (key, values = {}) => {
    const found = all.get(key);
    if (found === undefined) throw new Error(`there is no text ${key}`);
    return found.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
}

/** An English text. */
export const t = texts("en");
