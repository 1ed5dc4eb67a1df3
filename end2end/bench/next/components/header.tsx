// The frame's header: the store selector, the search, the person's menu. All of it is drawn on the server.
import Link from "next/link";
import type { Store, Viewer } from "../../twin/session.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { PersonMenu } from "./person-menu.tsx";

export function Header({ viewer, store }: { viewer: Viewer; store: Store }) {
  return (
    <header className="top">
      <Link className="brand" href="/" prefetch={false}>
        <Icon name="store" />
        <span>Store Manager</span>
      </Link>
      <Selector store={store} />
      <div className="end">
        <Finder store={store} />
        <Link className="button help" href={`/stores/${store.id}/help`} prefetch={false}>
          <Icon name="circle-help" />
          <span>Help</span>
        </Link>
        <a className="button quiet icon-only" href="/dev/mailbox" aria-label="Mailbox" title="Mailbox">
          <Icon name="inbox" />
        </a>
        <PersonMenu viewer={viewer} store={store} />
      </div>
    </header>
  );
}

function Selector({ store }: { store: Store }) {
  return (
    <>
      <button type="button" popoverTarget="selector" className="selector-toggle">
        <span className="sr-only">Organization and store</span>
        <Avatar name={store.name} square />
        <span className="names">
          <b>{store.name}</b>
          <small>{store.organization}</small>
        </span>
        <Icon name="chevrons-up-down" />
      </button>
      <nav id="selector" popover="auto" aria-label="Organization and store" className="menu selector">
        <div className="organization">
          <h3 id="in-organization">{store.organization}</h3>
        </div>
        <ul aria-labelledby="in-organization" className="bare">
          <li>
            <Link href={`/stores/${store.id}`} prefetch={false} aria-current="true" className="item">
              <Avatar name={store.name} square />
              <span>{store.name}</span>
              <Icon name="check" />
            </Link>
          </li>
        </ul>
      </nav>
    </>
  );
}

function Finder({ store }: { store: Store }) {
  const label = "Search settings, pages and commands";
  return (
    <form className="finder" role="search" action="/search" aria-label={label}>
      <input type="hidden" name="in" value={store.id} />
      <div className="search">
        <Icon name="search" />
        <input type="search" name="q" maxLength={100} autoComplete="off" aria-label={label} placeholder="Search" />
      </div>
      <button type="submit" className="button quiet icon-only" aria-label={label} title={label}>
        <Icon name="search" />
      </button>
    </form>
  );
}
