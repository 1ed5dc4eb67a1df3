"use client";
import { type ReactNode, useActionState } from "react";
import type { Role } from "../../twin/members.ts";
import { invite, type Result } from "../lib/actions.ts";

/** The form behind "Add new member". */
export function InviteForm({ store, roles, cancel, done }: { store: string; roles: Role[]; cancel: ReactNode; done?: (notice: string) => void }) {
  const save = invite.bind(null, store);
  const send = async (before: Result, form: FormData) => {
    const result = await save(before, form);
    if (result.notice) done?.(result.notice);
    return result;
  };
  // Without a pop-up to close, the form works before its script has come.
  const [result, action, pending] = useActionState(done ? send : save, {});
  return (
    <form action={action}>
      <div className="content">
        <div className="field full">
          <div className="control">
            <label htmlFor="email">
              Email <span className="mark">required</span>
            </label>
            <input className="input" type="email" id="email" name="email" autoComplete="off" maxLength={254} required aria-describedby="email-error" />
          </div>
          <p className="error" id="email-error" role="alert" hidden={!result.fault}>
            {result.fault}
          </p>
        </div>
        <div className="field full">
          <div className="control">
            <label htmlFor="role">
              Store role <span className="mark">required</span>
            </label>
            <div className="select">
              <select id="role" name="role" autoComplete="off" required defaultValue="marketer">
                {roles.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          </div>
        </div>
      </div>
      <footer className="actions">
        {cancel}
        <button className="button primary" disabled={pending}>
          OK
        </button>
      </footer>
    </form>
  );
}
