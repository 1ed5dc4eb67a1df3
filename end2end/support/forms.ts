// Fills in and sends any form as it stands on its page.
import type { Page } from "@playwright/test";
import type { Outcome } from "./client.ts";
import { type Field, type Form, look } from "./crawl.ts";
import { t } from "./texts.ts";

/** What is typed, by the field's name; `null` leaves a field out. */
export type Typed = Record<string, string | string[] | null>;
export type Pair = [name: string, value: string];
export type Sent = Outcome & { status: number };

/** What a field that must not stay empty gets where nobody says anything else. */
const SOMETHING: Record<string, string> = {
  email: "somebody@partner.example",
  url: "https://partner.example",
  tel: "+34915550100",
  date: "2099-01-01",
  color: "#123456",
  password: "correct horse battery",
};

/** What a label says of a name that must be typed so that one knows what one does. */
const DEMANDS = ["impact.type_name", "organization.type_name"].map((key) => t(key, { name: "\0" }).split("\0"));

/** The name that the field wants to be typed. */
export function demanded({ label }: Field): string | undefined {
  const found = DEMANDS.find(([before = "", after = ""]) => label.startsWith(before) && label.includes(after));
  return found && label.slice(found[0]!.length).split(found[1] || "\0")[0]!.trim();
}

function valueOf(field: Field): string {
  const name = demanded(field);
  if (name) return name;
  if (field.value || !field.required) return field.value;
  return field.kind === "select" ? (field.options.find(Boolean) ?? "") : (SOMETHING[field.kind] ?? "Text");
}

/** What a browser would send of the form with these values typed into it. */
export function filled(form: Form, typed: Typed = {}): Pair[] {
  const pairs: Pair[] = [];
  const chosen = new Set<string>();
  for (const field of form.fields) {
    const { name, kind } = field;
    if (name in typed) continue;
    if (kind === "button" || kind === "file" || kind === "submit") continue;
    if (kind === "checkbox" && !field.checked && !field.required) continue;
    if (kind === "radio" && (chosen.has(name) || (!field.checked && form.fields.some((other) => other.name === name && other.checked)))) continue;
    chosen.add(name);
    pairs.push([name, valueOf(field)]);
  }
  for (const [name, value] of Object.entries(typed)) {
    for (const one of value === null ? [] : [value].flat()) pairs.push([name, one]);
  }
  return pairs;
}

/** Sends a form as a script of its own page does. A value of `name.file` becomes a file. */
export async function send(page: Page, form: Pick<Form, "action" | "multipart">, pairs: Pair[]): Promise<Sent> {
  return page.evaluate(
    async ({ action, multipart, pairs }) => {
      const data = new FormData();
      for (const [name, value] of pairs) {
        if (name === "file" || name.endsWith(".file")) data.append(name, new File([value], "file.toml"));
        else data.append(name, value);
      }
      const body = multipart ? data : new URLSearchParams(pairs);
      const response = await fetch(action, { method: "POST", headers: { accept: "application/json" }, body });
      const answer = await response.json().catch(() => ({}));
      return { ...answer, status: response.status };
    },
    { action: form.action, multipart: form.multipart, pairs },
  );
}

/** Fills in and sends the form with this action on a page; gives where that leads to. */
export async function submit(page: Page, path: string, action: string, typed: Typed = {}): Promise<string> {
  const { forms, status } = await look(page, path);
  const form = forms.find((form) => form.action === action);
  if (!form) throw new Error(`${path} (${status}) has no form ${action}`);
  const outcome = await send(page, form, filled(form, typed));
  if (!outcome.done) throw new Error(`${action} of ${path} answers ${JSON.stringify(outcome)}`);
  return outcome.done.location;
}

/** What to type into a form so that something changes, as far as its fields tell. */
export function changing(form: Form, password: string): Typed {
  const typed: Typed = {};
  for (const field of form.fields) {
    const value = demanded(field) ? undefined : other(field, form, password);
    if (value !== undefined && !field.name.startsWith("_")) typed[field.name] = value;
  }
  return typed;
}

/** Another value than the field has. */
function other(field: Field, form: Form, password: string): string | undefined {
  switch (field.kind) {
    case "hidden":
    case "file":
    case "radio":
      return undefined;
    case "select":
      return field.options.findLast((option) => option !== field.value);
    case "checkbox":
    case "button":
    case "submit":
      return field.value;
    case "password":
      return field.name === "password" && form.fields.some((other) => other.name === "current") ? "three blind mice" : password;
    case "text":
    case "textarea":
      return `${field.value} 2`.trim();
    default:
      return SOMETHING[field.kind];
  }
}

/** Sends a form with something changed in it; what is faulty of that is sent as it stood there. */
export async function change(page: Page, form: Form, password: string, wanted: Typed = {}): Promise<Sent> {
  const typed = { ...changing(form, password), ...wanted };
  for (;;) {
    const outcome = await send(page, form, filled(form, typed));
    const faulty = outcome.invalid?.errors.map((error) => error.field).filter((name) => name in typed) ?? [];
    if (faulty.length === 0) return outcome;
    for (const name of faulty) delete typed[name];
  }
}
