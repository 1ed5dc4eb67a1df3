// An organization of the test's own, with one store and whoever the test needs in it.
import { Client, type Values } from "./client.ts";

export type Person = { name: string; email: string; password: string; client: Client };
export type Role = "administrator" | "marketer";

export const PASSWORD = "correct horse battery";

/** What is typed into the store's details where a test does not care. */
export const DETAILS: Values = {
  legal_name: "Casa Olmo, S.L.",
  store_url: "https://casaolmo.example",
  contact_email: "hola@casaolmo.example",
  contact_phone: "+34915550100",
  street: "Calle Mayor 1",
  postal_code: "28013",
  city: "Madrid",
  country: "ES",
};

let people = 0;

/** An address that nobody else in this run has. */
export function newEmail(name: string): string {
  people += 1;
  return `${name.toLowerCase().replaceAll(/[^a-z]/g, "")}.${process.pid}.${people}@people.example`;
}

export class Company {
  private constructor(
    readonly organization: string,
    readonly storeName: string,
    readonly store: string,
    readonly administrator: Person,
  ) {}

  /** Signs up, confirms by the mail's link and fills in the store's details. */
  static async found(url: string, address: string, storeName = "Casa Olmo"): Promise<Company> {
    const client = new Client(url, address);
    const person = { name: "Ana Olmo", email: newEmail("Ana Olmo"), password: PASSWORD, client };
    const organization = `${storeName} Group`;
    const form = {
      first_name: "Ana",
      last_name: "Olmo",
      email: person.email,
      password: PASSWORD,
      phone: "+34 915 550 100",
      language: "en",
      organization,
      store: storeName,
      consent_data: "on",
    };
    await client.done("/api/session/sign-up", form);
    const token = await client.tokenTo(person.email);
    const location = await client.done("/api/session/confirm", { token, password: PASSWORD });
    const store = /sto_\w+/.exec(location)![0];
    const company = new Company(organization, storeName, store, person);
    await company.change({ name: storeName, ...DETAILS });
    return company;
  }

  /** The organization's identifier. */
  async organizationId(): Promise<string> {
    const viewer = await this.administrator.client.get<{ organizations: { id: string }[] }>("/api/session/viewer");
    return viewer.organizations[0]!.id;
  }
  /** The address of the organization's pages. */
  async organizationPath(): Promise<string> {
    return `/organizations/${await this.organizationId()}`;
  }

  get home(): string {
    return `/stores/${this.store}`;
  }
  get settings(): string {
    return `${this.home}/settings`;
  }
  get details(): string {
    return `${this.settings}/general/store-details`;
  }
  get members(): string {
    return `${this.settings}/general/members`;
  }

  /** Saves store details as the Administrator. */
  async change(values: Values): Promise<void> {
    const { client } = this.administrator;
    const { version, values: old } = await client.details(this.store);
    const outcome = await client.save(this.store, version, { ...old, ...values });
    if (!outcome.done) throw new Error(`not saved: ${JSON.stringify(outcome)}`);
  }

  /** Invites somebody; gives the token of the mail's link. */
  async invite(email: string, role: Role = "marketer"): Promise<string> {
    await this.administrator.client.done("/api/members/invite", { store: this.store, email, role });
    return this.administrator.client.tokenTo(email);
  }

  /** Brings in a new person. */
  async join(name: string, role: Role): Promise<Person> {
    const [first_name = "", last_name = ""] = name.split(" ");
    const email = newEmail(name);
    const token = await this.invite(email, role);
    const client = new Client(this.administrator.client.url, this.administrator.client.address);
    await client.done("/api/session/accept", { token, first_name, last_name, password: PASSWORD });
    return { name, email, password: PASSWORD, client };
  }
}
