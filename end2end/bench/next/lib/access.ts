// What a page or an action may do, by the session's cookie.
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { COOKIE, managed, type Store, viewer, type Viewer } from "../../twin/session.ts";

/** Who is there, looked up once a request. */
export const person = cache(async (): Promise<Viewer | undefined> => viewer((await cookies()).get(COOKIE)?.value));

/** The person and the store, for who manages its members; nobody else learns that there is one. */
export async function manage(id: string): Promise<{ viewer: Viewer; store: Store }> {
  const who = await person();
  if (!who) redirect("/sign-in");
  const store = managed(who.person, id);
  if (!store) notFound();
  return { viewer: who, store };
}
