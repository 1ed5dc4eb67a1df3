import type { SubmitFunction } from "@sveltejs/kit";

/** What came of a save. */
export interface Answer {
  notice?: string;
  fault?: string;
}

/** Sends a form without leaving the page, and hands over what came of it once the page shows it. */
export function inPlace(done: (answer: Answer) => void): SubmitFunction {
  return () =>
    async ({ result, update }) => {
      await update({ reset: false });
      if (result.type === "success" || result.type === "failure") done(result.data ?? {});
    };
}
