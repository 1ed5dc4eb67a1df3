import { manage } from "$lib/server/access.ts";
import type { LayoutServerLoad } from "./$types";

export const load: LayoutServerLoad = ({ locals, params }) => manage(locals, params.store);
