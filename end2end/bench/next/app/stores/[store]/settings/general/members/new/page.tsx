import type { Metadata } from "next";
import Link from "next/link";
import { InviteForm } from "../../../../../../../components/invite-form.tsx";
import { manage } from "../../../../../../../lib/access.ts";
import { path } from "../../../../../../../lib/path.ts";
import { roles } from "../../../../../../../../twin/members.ts";

export const metadata: Metadata = { title: "Add new member – Store Manager" };

/** The form of the pop-up as a page, for who has no script. */
export default async function New({ params }: { params: Promise<{ store: string }> }) {
  const { store } = await manage((await params).store);
  const cancel = (
    <Link className="button" href={path(store.id)} prefetch={false}>
      Cancel
    </Link>
  );
  return (
    <div className="stack parts">
      <h1>Add new member</h1>
      <InviteForm store={store.id} roles={roles()} cancel={cancel} />
    </div>
  );
}
