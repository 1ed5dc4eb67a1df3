import Link from "next/link";
import type { Page } from "../../twin/members.ts";
import { address, type Query } from "../../twin/query.ts";
import { path } from "../lib/path.ts";
import { Icon } from "./icon.tsx";

/** The way to the pages before and after. */
export function Pager({ store, page, query }: { store: string; page: Page; query: Query }) {
  const { q, status, sort } = query;
  const link = (place: Partial<Query>) => address(path(store), { q, status, sort, ...place });
  return (
    <nav className="pager" aria-label="Pages of members">
      <p>{page.rows.length} members shown</p>
      <div>
        <Step rel="prev" href={page.previous && link({ before: page.previous })} />
        <Step rel="next" href={page.next && link({ after: page.next })} />
      </div>
    </nav>
  );
}

function Step({ rel, href }: { rel: "prev" | "next"; href: string | undefined }) {
  const inside =
    rel === "prev" ? (
      <>
        <Icon name="chevron-left" />
        Previous
      </>
    ) : (
      <>
        Next
        <Icon name="chevron-right" />
      </>
    );
  if (!href) {
    return (
      <span className="button small" aria-disabled="true">
        {inside}
      </span>
    );
  }
  return (
    <Link className="button small" rel={rel} href={href} prefetch={false}>
      {inside}
    </Link>
  );
}
