// The page of the store's members.
import { expect, type Locator } from "@playwright/test";
import type { Company, Person, Role } from "./company.ts";
import type { Site } from "./site.ts";

export class Members {
  constructor(
    readonly site: Site,
    readonly company: Pick<Company, "members">,
  ) {}

  /** Opens the list, as this person if one is named. */
  async open(person?: Person, query = ""): Promise<void> {
    if (person) await this.site.as(person);
    await this.site.open(this.company.members + query);
    await this.site.shows("Member management");
  }

  get rows(): Locator {
    return this.site.page.locator("tbody tr");
  }
  /** The row with this name or address. */
  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }
  /** The names in the order of the list. */
  async names(): Promise<string[]> {
    const names = await this.rows.locator("th b").allTextContents();
    return names.map((name) => name.replace(/ You$/, ""));
  }
  role(text: string): Locator {
    return this.row(text).getByRole("combobox");
  }
  get dialog(): Locator {
    return this.site.page.getByRole("dialog");
  }

  /** Changes the role in place, whatever comes of it. */
  async change(text: string, role: Role): Promise<void> {
    await this.role(text).selectOption(role);
    // Without wasm each row has a button for it.
    if (!this.site.scripted) await this.row(text).getByRole("button", { name: "Change" }).click();
  }

  /** Sends the invitation pop-up, whatever comes of it. */
  async invite(email: string, role?: Role): Promise<void> {
    await this.site.link("Add new member").click();
    await expect(this.dialog.getByRole("heading", { name: "Add new member" })).toBeVisible();
    await this.site.withoutNativeChecks();
    await this.dialog.getByLabel("Email").fill(email);
    if (role) await this.dialog.getByLabel("Store role").selectOption(role);
    await this.dialog.getByRole("button", { name: "OK" }).click();
  }

  /** Opens the question whether to remove this person. */
  async askToRemove(text: string): Promise<void> {
    await this.row(text).getByRole("link").click();
    await expect(this.dialog).toBeVisible();
  }
}
