import { redirect } from "@sveltejs/kit";
import { path } from "$lib/path.ts";
import { manage } from "$lib/server/access.ts";
import { answer, field } from "$lib/server/answer.ts";
import { invite, roles } from "$twin/members.ts";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = async ({ parent }) => {
  await parent();
  return { roles: roles() };
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { store } = manage(locals, params.store);
    const form = await request.formData();
    const fault = invite(store.id, field(form, "email"), field(form, "role"));
    if (fault) return answer(fault, "");
    redirect(303, path(store.id));
  },
};
