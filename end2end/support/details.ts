// The page of the store's details.
import { expect, type Locator } from "@playwright/test";
import type { Company, Person } from "./company.ts";
import type { Site } from "./site.ts";
import { t } from "./texts.ts";

export class Details {
  constructor(
    readonly site: Site,
    readonly company: Company,
  ) {}

  /** Opens the page, as this person if one is named. */
  async open(person?: Person): Promise<void> {
    if (person) await this.site.as(person);
    await this.site.open(this.company.details);
    await this.site.shows("Store details");
  }

  /** Sends the form, whatever comes of it. */
  async submit(): Promise<void> {
    await this.site.withoutNativeChecks();
    await this.site.button(new RegExp(`^(Save|${t("conflict.submit")})$`)).click();
  }

  /** Sends the form, and is told that it was saved. */
  async save(): Promise<void> {
    await this.submit();
    await this.site.told(t("notice.saved"));
    await expect(this.unsaved).toBeHidden();
  }

  /** Chooses a file for the logo. */
  async choose(name: string, mimeType: string, buffer: Buffer): Promise<void> {
    await this.site.field("logo").setInputFiles({ name, mimeType, buffer });
  }

  get logo(): Locator {
    return this.site.page.getByRole("img", { name: t("image.current") });
  }

  /** Says that something is not saved yet. */
  get unsaved(): Locator {
    return this.site.page.getByText(t("settings.unsaved"), { exact: true });
  }

  /** The question what to do about a field that somebody else changed too. */
  conflict(label: string): Locator {
    return this.site.page.getByRole("group", { name: label, exact: true });
  }
}
