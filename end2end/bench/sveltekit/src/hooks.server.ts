import type { Handle } from "@sveltejs/kit";
import { COOKIE, viewer } from "$twin/session.ts";

/** Looks up who is there, and writes their choice of colours into the page before it is drawn. */
export const handle: Handle = ({ event, resolve }) => {
  const who = viewer(event.cookies.get(COOKIE));
  event.locals.viewer = who;
  const theme = who && who.theme !== "system" ? ` data-theme="${who.theme}"` : "";
  return resolve(event, { transformPageChunk: ({ html }) => html.replace("%theme%", theme) });
};
