// What a page or an action may do, by who is there.
import { error, redirect } from "@sveltejs/kit";
import { managed, type Store, type Viewer } from "$twin/session.ts";

/** The person and the store, for who manages its members; nobody else learns that there is one. */
export function manage({ viewer }: App.Locals, id: string): { viewer: Viewer; store: Store } {
  if (!viewer) redirect(303, "/sign-in");
  const store = managed(viewer.person, id);
  if (!store) error(404);
  return { viewer, store };
}
