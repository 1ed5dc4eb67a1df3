import Link from "next/link";
import { Icon } from "./icon.tsx";

const TABS = [
  ["general/store-details", "Store details"],
  ["general/localization", "Localization"],
  ["general/branding", "Branding"],
  ["general/notifications", "Notifications"],
  ["general/help", "Help and support"],
  ["general/members", "Member management"],
  ["code", "Settings as file"],
] as const;

/** The sections of a store's settings. */
export function Tabs({ store, current }: { store: string; current: string }) {
  return (
    <>
      <button type="button" popoverTarget="tabs" className="tabs-toggle">
        <span className="muted">General settings</span>
        <b>Member management</b>
        <Icon name="chevron-down" />
      </button>
      <nav id="tabs" popover="auto" aria-label="Store settings" className="tabs">
        <h2 id="tabs-0">General settings</h2>
        <ul aria-labelledby="tabs-0">
          {TABS.map(([section, label]) => (
            <li key={section}>
              <Link
                href={`/stores/${store}/settings/${section}`}
                prefetch={false}
                aria-current={section === current ? "page" : undefined}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
