import type { Metadata } from "next";
import { AddMember } from "../../../../../../components/add-member.tsx";
import { MembersTable } from "../../../../../../components/members-table.tsx";
import { Pager } from "../../../../../../components/pager.tsx";
import { Search } from "../../../../../../components/toolbar.tsx";
import { manage } from "../../../../../../lib/access.ts";
import * as members from "../../../../../../../twin/members.ts";
import { query as read } from "../../../../../../../twin/query.ts";

export const metadata: Metadata = { title: "Member management – Store Manager" };

interface Props {
  params: Promise<{ store: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Members({ params, searchParams }: Props) {
  const { viewer, store } = await manage((await params).store);
  const asked = await searchParams;
  const query = read((name) => [asked[name]].flat()[0] || undefined);
  const page = members.list(store.id, query);
  const roles = members.roles();
  return (
    <div className="stack parts">
      <header className="head">
        <div>
          <h1>Member management</h1>
          <p>Who has access to this store, and with which role.</p>
        </div>
      </header>
      <div>
        <div className="toolbar">
          <Search store={store.id} q={query.q} status={query.status} />
          <AddMember store={store.id} roles={roles} />
        </div>
        <div className="list">
          <MembersTable store={store.id} viewer={viewer.person} rows={page.rows} roles={roles} query={query} />
          <Pager store={store.id} page={page} query={query} />
        </div>
      </div>
    </div>
  );
}
