// Every page of the site, for checks that hold for all of them.
import type { Site } from "./site.ts";
import type { Company } from "./company.ts";

export interface Place {
  /** What the test and the picture are called. */
  name: string;
  path: (company: Company) => string | Promise<string>;
  /** Who looks at it. */
  as?: "nobody" | "marketer";
  status?: 403 | 404;
  /** Brings it into the state that is meant. */
  then?: (site: Site) => Promise<void>;
}

/** Sends the page's form as it is. */
async function send(site: Site, button: string): Promise<void> {
  await site.withoutNativeChecks();
  await site.button(button).click();
  await site.alert.waitFor();
}

export const PLACES: Place[] = [
  { name: "sign-in", path: () => "/sign-in", as: "nobody" },
  { name: "sign-up", path: () => "/sign-up", as: "nobody" },
  { name: "sign-up-faults", path: () => "/sign-up", as: "nobody", then: (site) => send(site, "Create account") },
  { name: "sign-up-sent", path: () => "/sign-up/sent", as: "nobody" },
  { name: "invitation", path: async (company) => `/invitations/${await company.invite("guest@partner.example")}`, as: "nobody" },
  { name: "invitation-unknown", path: () => "/invitations/unknown", as: "nobody" },
  { name: "forgot", path: () => "/account/forgot", as: "nobody" },
  { name: "forgot-sent", path: () => "/account/forgot/sent", as: "nobody" },
  { name: "verify-ended", path: () => "/account/verify", as: "nobody" },
  { name: "passkey-impossible", path: () => "/account/passkey", as: "nobody" },
  { name: "confirm-identity", path: () => "/account/confirm" },
  { name: "profile", path: () => "/me" },
  { name: "my-email", path: () => "/me/email" },
  { name: "my-password", path: () => "/me/password" },
  { name: "my-sessions", path: () => "/me/sessions" },
  { name: "end-other-sessions", path: () => "/me/sessions/end-others" },
  { name: "my-security", path: () => "/me/security" },
  {
    name: "two-factor-set-up",
    path: () => "/me/security",
    then: async (site) => {
      await site.button("Set up").click();
      await site.shows("Set up two-factor sign-in");
    },
  },
  { name: "stores", path: () => "/stores" },
  { name: "store-home", path: (company) => company.home },
  { name: "store-home-marketer", path: (company) => company.home, as: "marketer" },
  { name: "store-details", path: (company) => company.details },
  {
    name: "store-details-faults",
    path: (company) => company.details,
    then: async (site) => {
      await site.type({ name: "", contact_email: "x" });
      await send(site, "Save");
    },
  },
  {
    name: "store-details-conflict",
    path: (company) => company.details,
    then: async (site) => {
      await site.type({ city: "Toledo" });
      await send(site, "Save");
    },
  },
  { name: "localization", path: (company) => `${company.settings}/general/localization` },
  { name: "branding", path: (company) => `${company.settings}/general/branding` },
  { name: "notifications", path: (company) => `${company.settings}/general/notifications` },
  { name: "help-texts", path: (company) => `${company.settings}/general/help` },
  { name: "section-help", path: (company) => `${company.details}/help` },
  { name: "section-history", path: (company) => `${company.details}/history` },
  { name: "store-history", path: (company) => `${company.settings}/history` },
  { name: "search", path: (company) => `/search?q=psotal&in=${company.store}` },
  { name: "search-none", path: () => "/search?q=qqqqqq" },
  { name: "policies", path: async (company) => `${await company.organizationPath()}/settings/policies` },
  { name: "bulk-apply", path: async (company) => `${await company.organizationPath()}/settings/bulk/new?source=${company.store}` },
  { name: "store-defaults", path: async (company) => `${await company.organizationPath()}/settings/organization/store-defaults` },
  { name: "selector", path: (company) => company.details, then: async (site) => void (await site.openSelector()) },
  { name: "person-menu", path: (company) => company.details, then: async (site) => void (await site.openMenu()) },
  { name: "settings-file", path: (company) => `/stores/${company.store}/settings/code` },
  { name: "members", path: (company) => company.members },
  { name: "members-none", path: (company) => `${company.members}?q=nobody` },
  { name: "add-member", path: (company) => `${company.members}/new` },
  {
    name: "remove-member",
    path: (company) => company.members,
    then: async (site) => {
      await site.page.locator("tbody tr").first().getByRole("link").click();
      await site.page.getByRole("dialog").waitFor();
    },
  },
  { name: "forbidden", path: (company) => company.details, as: "marketer", status: 403 },
  { name: "not-found", path: () => "/nowhere", status: 404 },
  { name: "mailbox", path: () => "/dev/mailbox" },
  {
    name: "mail",
    path: async (company) => {
      await company.invite("guest@partner.example");
      return "/dev/mailbox";
    },
    then: async (site) => {
      await site.page.locator("tbody a").first().click();
      await site.page.locator("#mail").waitFor();
    },
  },
  { name: "gallery", path: () => "/dev/gallery" },
];
