// The demonstration's organization with something in every room of it, so that every page and
// form is there for whoever may see it.
import { expect, type Page } from "@playwright/test";
import { Client } from "./client.ts";
import { look, patterns } from "./crawl.ts";
import { Company, newEmail, PASSWORD, type Person } from "./company.ts";
import { submit } from "./forms.ts";
import { CLIENT, SECRET } from "./provider.ts";
import type { Server } from "./server.ts";

export const OWNER = { email: "admin@demo.example", password: "store-manager-demo" };
const MARKETER = { ...OWNER, email: "marketer@demo.example" };

export interface Furnished {
  organization: string;
  store: string;
  /** Everybody who looks, by what they are. */
  people: Record<"owner" | "administrator" | "marketer" | "custom" | "outsider", Person>;
  /** Pages to begin at, those among them that no link leads to. */
  starts: string[];
}

async function signedIn(server: Server, address: string, name: string, who: typeof OWNER): Promise<Person> {
  const client = new Client(server.url, address);
  await client.done("/api/session/sign-in", who);
  return { name, ...who, client };
}

/** Goes on as this person. */
export async function become(page: Page, url: string, person: Person | undefined): Promise<void> {
  await page.context().clearCookies();
  if (person) await page.context().addCookies([{ name: "session", value: person.client.session, url }]);
}

/** Furnishes the demonstration of a server, single sign-on by the provider at `issuer` included. */
export async function furnish(page: Page, server: Server, address: string, issuer: string): Promise<Furnished> {
  const owner = await signedIn(server, address, "Owner", OWNER);
  const marketer = await signedIn(server, address, "Marketer", MARKETER);
  // Another session, which can be ended.
  await signedIn(server, address, "Owner", OWNER);
  const outside = await Company.found(server.url, address, "Elsewhere");
  await become(page, server.url, owner);
  await page.goto(`${server.url}/dev/gallery`);
  const { links } = await look(page, "/organizations");
  const organization = links.find((link) => link.startsWith("/organizations/org_"))!.split("/").slice(0, 3).join("/");
  const store = (await look(page, `${organization}/stores`)).links.find((link) => link.startsWith("/stores/sto_"))!.split("/").slice(0, 3).join("/");
  let report = "";
  const invite = async (name: string, typed: Record<string, string>): Promise<Person> => {
    const email = newEmail(name);
    report = await submit(page, `${organization}/members/invite`, "/api/organization/invite", { emails: email, ...typed });
    const client = new Client(server.url, address);
    const token = await owner.client.tokenTo(email);
    await client.done("/api/session/accept", { token, first_name: name, last_name: "Test", password: PASSWORD });
    return { name, email, password: PASSWORD, client };
  };
  const role = (await look(page, `${organization}/members/invite`)).forms.flatMap((form) => form.fields).find((field) => field.name === "store_role")!.options.find((option) => option.startsWith("rol_"))!;
  const people = {
    owner,
    administrator: await invite("Adela", { role: "administrator" }),
    marketer,
    custom: await invite("Cecilia", { role: "member", all_stores: "on", store_role: role }),
    outsider: outside.administrator,
  };
  const more = [...(await settings(page, organization, store)), ...(await security(page, organization, issuer)), ...(await letters(page, owner.client))];
  const starts = ["/", ...patterns().filter((pattern) => !pattern.includes("{")), ...more, report, store];
  return { organization, store, people, starts };
}

/** Versions, drafts, locks, batches, files and tickets. */
async function settings(page: Page, organization: string, store: string): Promise<string[]> {
  const section = (key: string) => `${store}/settings/general/${key}`;
  const save = "/api/settings/save";
  await submit(page, section("store-details"), save, { city: "Toledo" });
  const information = `${organization}/settings/organization/information`;
  for (const city of ["Toledo", "Madrid"]) await submit(page, information, save, { city });
  const desk = { address: "desk@demo.example", url: "https://desk.example", hours: "9 to 5", text: "Ask us.", "links.0.title": "Desk", "links.0.url": "https://desk.example/a" };
  await submit(page, section("help"), save, desk);
  await submit(page, `${store}/help`, "/api/help/ticket", { subject: "A question", message: "How does it work?" });
  const confirm = await submit(page, section("store-details"), save, { store_url: "https://moved.example" });
  const lock = async (field: string, typed: Record<string, string>) =>
    submit(page, `${organization}/settings/policies/new/${field}`, "/api/policies/check", { "lock.reason": "One law", ...typed });
  const draft = await lock("store-details/region", { region: "Anywhere" });
  const choose = async (field: string) => submit(page, `${organization}/settings/bulk/new`, "/api/bulk/choose", { "fields[]": [field] });
  const stores = await choose("help.hours");
  const check = await submit(page, await choose("help.hours"), "/api/bulk/stores", { which: "all" });
  const batch = await submit(page, await submit(page, await choose("help.url"), "/api/bulk/stores", { which: "all" }), "/api/bulk/start");
  await expect.poll(async () => (await look(page, batch)).links).toContain(`${batch}/undo`);
  // To what all stores have, because a store that is not as a lock demands takes no other change.
  const locked = await lock("localization/week_start", {});
  await submit(page, locked, "/api/policies/set", { existing: "stay" });
  const file = await page.evaluate(async (path) => (await fetch(path)).text(), `${store}/settings.toml`);
  const changed = file.replace(/^hours = .*/m, 'hours = "10 to 4"');
  const preview = await submit(page, `${store}/settings/code`, "/api/settings/code/check", { file: changed });
  const versions = [section("store-details"), information].flatMap((path) => ["1/return", "2/undo", "compare"].map((rest) => `${path}/history/${rest}`));
  return [confirm, draft, stores, check, batch, preview, ...versions];
}

/** Rules of the organization that keep nobody out, and what a person may have begun. */
async function security(page: Page, organization: string, issuer: string): Promise<string[]> {
  const rooms = `${organization}/security`;
  await submit(page, `${rooms}/addresses/new`, "/api/security/addresses/add", { network: "192.0.2.0/24", label: "Office" });
  await submit(page, `${rooms}/addresses/exempt`, "/api/security/addresses/exempt");
  const provider = { issuer, client: CLIENT, secret: SECRET, domains: "partner.example" };
  await submit(page, `${rooms}/single-sign-on`, "/api/security/single-sign-on/save", provider);
  await submit(page, "/me/security", "/api/me/two-factor/begin");
  await submit(page, "/me/email", "/api/me/email", { email: "moved@demo.example", password: OWNER.password });
  return [];
}

/** Where the links in mails lead to, to one page of each kind. */
async function letters(page: Page, client: Client): Promise<string[]> {
  await client.done("/api/account/forgot", { email: OWNER.email });
  const form = { first_name: "New", last_name: "Person", email: newEmail("New"), password: PASSWORD, phone: "+34915550100" };
  await client.done("/api/session/sign-up", { ...form, language: "en", organization: "New", store: "New", consent_data: "on" });
  const { links } = await look(page, "/dev/mailbox");
  const mails = [...new Set(links.filter((link) => link.startsWith("/dev/mailbox/")))];
  const found: string[] = [...mails];
  for (const mail of mails) found.push(...(await look(page, mail)).links.filter((link) => /^\/(account|sign-up|invitations)\//.test(link)));
  return found;
}
