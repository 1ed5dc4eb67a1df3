import Link from "next/link";
import type { Store, Viewer } from "../../twin/session.ts";
import { chooseTheme } from "../lib/actions.ts";
import { path } from "../lib/path.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";

const THEMES = [
  ["system", "monitor", "System"],
  ["light", "sun", "Light"],
  ["dark", "moon", "Dark"],
] as const;
const LANGUAGES = [
  ["en", "English"],
  ["es", "Español"],
  ["fr", "Français"],
  ["pl", "Polski"],
] as const;

export function PersonMenu({ viewer, store }: { viewer: Viewer; store: Store }) {
  return (
    <>
      <button type="button" popoverTarget="person-menu" className="button quiet icon-only">
        <Avatar name={viewer.name} />
        <span className="sr-only">Your menu: {viewer.name}</span>
      </button>
      <div id="person-menu" popover="auto" className="menu from-end">
        <p className="who">
          <b>{viewer.name}</b>
          <span>{viewer.email}</span>
        </p>
        <hr />
        <Link href="/me" prefetch={false} className="item">
          <Icon name="circle-user" />
          <span>Your account</span>
        </Link>
        <hr />
        <h3 id="theme-choice">Theme</h3>
        <form action={chooseTheme.bind(null, path(store.id))}>
          <div role="group" aria-labelledby="theme-choice" className="segments">
            {THEMES.map(([value, icon, label]) => (
              <button key={value} name="theme" value={value} aria-pressed={viewer.theme === value}>
                <Icon name={icon} />
                {label}
              </button>
            ))}
          </div>
        </form>
        <h3 id="language-choice">Language</h3>
        <form method="post" action="/api/language">
          <div role="group" aria-labelledby="language-choice">
            {LANGUAGES.map(([value, label]) => (
              <button key={value} name="language" value={value} lang={value} className="item">
                <span>{label}</span>
              </button>
            ))}
          </div>
        </form>
        <hr />
        <form method="post" action="/api/sign-out">
          <button className="item">
            <Icon name="log-out" />
            <span>Sign out</span>
          </button>
        </form>
      </div>
    </>
  );
}
