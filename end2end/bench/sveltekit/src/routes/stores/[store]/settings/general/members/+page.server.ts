import { redirect } from "@sveltejs/kit";
import { path } from "$lib/path.ts";
import { manage } from "$lib/server/access.ts";
import { answer, field } from "$lib/server/answer.ts";
import * as members from "$twin/members.ts";
import { query } from "$twin/query.ts";
import { setTheme } from "$twin/session.ts";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ parent, url }) => {
  const { store } = await parent();
  const asked = query((name) => url.searchParams.get(name) || undefined);
  return { query: asked, page: members.list(store.id, asked), roles: members.roles() };
};

export const actions: Actions = {
  role: async ({ locals, params, request }) => {
    const { store } = manage(locals, params.store);
    const form = await request.formData();
    return answer(members.changeRole(store.id, field(form, "member"), field(form, "role")), "Role changed");
  },
  invite: async ({ locals, params, request }) => {
    const { store } = manage(locals, params.store);
    const form = await request.formData();
    return answer(members.invite(store.id, field(form, "email"), field(form, "role")), "Invitation sent");
  },
  remove: async ({ locals, params, request }) => {
    const { store } = manage(locals, params.store);
    const form = await request.formData();
    return answer(members.remove(store.id, field(form, "member")), "Removed");
  },
  theme: async ({ locals, params, request }) => {
    const { viewer, store } = manage(locals, params.store);
    setTheme(viewer.person, field(await request.formData(), "theme"));
    redirect(303, path(store.id));
  },
};
