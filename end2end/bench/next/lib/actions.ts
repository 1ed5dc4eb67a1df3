"use server";
// The saves of the page.
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import * as members from "../../twin/members.ts";
import { setTheme } from "../../twin/session.ts";
import { manage, person } from "./access.ts";
import { path } from "./path.ts";

/** What came of a save. */
export interface Result {
  fault?: string;
  notice?: string;
}

const field = (form: FormData, name: string) => String(form.get(name) ?? "");

function result(store: string, fault: members.Fault | undefined, notice: string): Result {
  if (fault) return { fault: members.FAULTS[fault] };
  revalidatePath(path(store));
  return { notice };
}

export async function changeRole(store: string, member: string, _: Result, form: FormData): Promise<Result> {
  await manage(store);
  return result(store, members.changeRole(store, member, field(form, "role")), "Role changed");
}

export async function invite(store: string, _: Result, form: FormData): Promise<Result> {
  await manage(store);
  return result(store, members.invite(store, field(form, "email"), field(form, "role")), "Invitation sent");
}

export async function remove(store: string, member: string, _: Result): Promise<Result> {
  await manage(store);
  return result(store, members.remove(store, member), "Removed");
}

export async function chooseTheme(back: string, form: FormData): Promise<void> {
  const viewer = await person();
  if (viewer) setTheme(viewer.person, field(form, "theme"));
  revalidatePath("/", "layout");
  redirect(back.startsWith("/stores/") ? back : "/");
}
