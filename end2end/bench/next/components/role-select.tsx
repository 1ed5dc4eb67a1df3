"use client";
import { startTransition, useActionState, useOptimistic } from "react";
import type { Role } from "../../twin/members.ts";
import { changeRole, type Result } from "../lib/actions.ts";
import { useTell } from "./toasts.tsx";

interface Props {
  store: string;
  member: string;
  name: string;
  role: string;
  roles: Role[];
}

/** Changes a role in place. The choice is shown at once and taken back if it was refused. */
export function RoleSelect({ store, member, name, role, roles }: Props) {
  const tell = useTell();
  const [shown, show] = useOptimistic(role);
  const save = changeRole.bind(null, store, member);
  const [, action] = useActionState(async (before: Result, form: FormData) => {
    show(String(form.get("role")));
    const result = await save(before, form);
    tell(result.fault ?? result.notice ?? "");
    return result;
  }, {});
  return (
    <form className="inline" action={action}>
      <div className="select small quiet">
        <select
          name="role"
          aria-label={`Store role of ${name}`}
          autoComplete="off"
          value={shown}
          onChange={(event) => {
            const { form, value } = event.currentTarget;
            if (!form) return;
            const data = new FormData(form);
            data.set("role", value);
            startTransition(() => action(data));
          }}
        >
          {roles.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button className="button small no-js-only">Change</button>
    </form>
  );
}
