import { redirect } from "@sveltejs/kit";
import { path } from "$lib/path.ts";
import { manage } from "$lib/server/access.ts";
import { answer } from "$lib/server/answer.ts";
import { remove } from "$twin/members.ts";
import type { Actions } from "./$types";

export const actions: Actions = {
  default: ({ locals, params }) => {
    const { store } = manage(locals, params.store);
    const fault = remove(store.id, params.member);
    if (fault) return answer(fault, "");
    redirect(303, path(store.id));
  },
};
