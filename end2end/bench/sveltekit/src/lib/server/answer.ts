import { type ActionFailure, fail } from "@sveltejs/kit";
import { type Fault, FAULTS } from "$twin/members.ts";

/** What came of a save: a notice, or why it was refused. */
export function answer(fault: Fault | undefined, notice: string): { notice: string } | ActionFailure<{ fault: string }> {
  return fault ? fail(400, { fault: FAULTS[fault] }) : { notice };
}

export const field = (form: FormData, name: string) => String(form.get(name) ?? "");
