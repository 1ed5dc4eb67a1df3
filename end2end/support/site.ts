// The site as a person meets it. It hides what differs between a page that runs wasm and one that
// does not, so that one test body serves both.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Person } from "./company.ts";

export class Site {
  constructor(
    readonly page: Page,
    /** Whether pages run wasm. */
    readonly scripted: boolean,
  ) {}

  /** Opens an address, and waits until the page has come to life. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.alive();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.alive();
  }

  /** Does what makes the browser load another page, and waits for that one. */
  async leave(action: () => Promise<unknown>): Promise<void> {
    // What is still to come of the page that is left would be taken for the other one's.
    await this.page.waitForLoadState();
    const loaded = this.page.waitForEvent("load");
    await action();
    await loaded;
    await this.alive();
  }

  /** Waits until the page has come to life. */
  async alive(): Promise<void> {
    // The demonstration's own pages have no browser half.
    const plain = new URL(this.page.url()).pathname.startsWith("/dev/");
    if (this.scripted && !plain) await this.page.locator("html.hydrated").waitFor({ state: "attached" });
  }

  /** Turns the browser's own checks off, which only run without wasm: the server's are meant. */
  async withoutNativeChecks(): Promise<void> {
    if (this.scripted) return;
    // A form that is not there yet would keep its own.
    await this.page.waitForLoadState("domcontentloaded");
    for (const form of await this.page.locator("main form").all()) {
      await form.evaluate((form: HTMLFormElement) => (form.noValidate = true));
    }
  }

  // What one sees.

  heading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { level: 1, name, exact: true });
  }
  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }
  link(name: string | RegExp): Locator {
    return this.page.getByRole("link", { name, exact: true });
  }
  /** The control of a form's field. */
  field(name: string): Locator {
    return this.page.locator(`#${name}`);
  }
  /** A failure of the whole form, or the summary of its faults. */
  get alert(): Locator {
    return this.page.getByRole("alert");
  }

  /** Shows this page. */
  async shows(heading: string | RegExp): Promise<void> {
    await expect(this.heading(heading)).toBeVisible();
  }

  /** Told that something was done. */
  async told(text: string): Promise<void> {
    await expect(this.page.locator(".toasts[role=status]")).toContainText(text);
  }

  /** Marks a field as wrong, says why, and connects the two. */
  async faults(field: string, text: string): Promise<void> {
    await expect(this.page.locator(`#${field}-error`)).toHaveText(text);
    await expect(this.field(field)).toHaveAttribute("aria-invalid", "true");
    await expect(this.field(field)).toHaveAttribute("aria-describedby", new RegExp(`\\b${field}-error\\b`));
  }

  /** Types into fields, also more than the browser would let in; a select gets its value. */
  async type(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.field(name);
      const select = await field.evaluate((element) => {
        element.removeAttribute("maxlength");
        return element.tagName === "SELECT";
      });
      await (select ? field.selectOption(value) : field.fill(value));
    }
  }

  /** Holds these values. */
  async holds(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) await expect(this.field(name)).toHaveValue(value);
  }

  // What one does.

  /** Goes on as this person, without the form. */
  async as(person: Person): Promise<void> {
    const url = person.client.url;
    await this.page.context().addCookies([{ name: "session", value: person.client.session, url }]);
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.type({ email, password });
    await this.field("password").press("Enter");
  }

  /** Opens the person's menu. */
  async openMenu(): Promise<Locator> {
    const menu = this.page.locator("#person-menu");
    await this.page.locator("button[popovertarget=person-menu]").click();
    await expect(menu).toBeVisible();
    return menu;
  }

  /** Opens the organization and store selector. */
  async openSelector(): Promise<Locator> {
    const menu = this.page.locator("#selector");
    await this.page.locator("button[popovertarget=selector]").click();
    await expect(menu).toBeVisible();
    return menu;
  }

  /** Shows the tabs, which on a narrow screen are behind a button. */
  async showTabs(): Promise<void> {
    // A page that a link led to may be there before its style, which hides the button elsewhere.
    await this.page.waitForLoadState();
    const toggle = this.page.locator("button[popovertarget=tabs]");
    if (await toggle.isVisible()) await toggle.click();
  }

  /** Goes to a tab of the settings. */
  async openTab(name: string): Promise<void> {
    await this.showTabs();
    await this.page.getByRole("navigation", { name: "Store settings" }).getByRole("link", { name }).click();
    await this.shows(name);
  }

  async signOut(): Promise<void> {
    const menu = await this.openMenu();
    await this.leave(() => menu.getByRole("button", { name: "Sign out" }).click());
  }

  /** Chooses a language in the person's menu. */
  async speak(language: string): Promise<void> {
    const menu = await this.openMenu();
    await this.leave(() => menu.getByRole("button", { name: language }).click());
  }
}
