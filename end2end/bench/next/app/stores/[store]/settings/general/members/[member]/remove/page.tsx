import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { remove } from "../../../../../../../../lib/actions.ts";
import { manage } from "../../../../../../../../lib/access.ts";
import { path } from "../../../../../../../../lib/path.ts";

export const metadata: Metadata = { title: "Remove a member – Store Manager" };

/** The question of the pop-up as a page, for who has no script. */
export default async function Remove({ params }: { params: Promise<{ store: string; member: string }> }) {
  const { store: id, member } = await params;
  const { store } = await manage(id);
  async function confirm() {
    "use server";
    await remove(store.id, member, {});
    redirect(path(store.id));
  }
  return (
    <div className="stack parts">
      <h1>Remove this member?</h1>
      <form action={confirm}>
        <button className="button primary danger">Remove</button>
      </form>
    </div>
  );
}
