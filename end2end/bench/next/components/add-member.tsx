"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Role } from "../../twin/members.ts";
import { path } from "../lib/path.ts";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";
import { useTell } from "./toasts.tsx";

// Only who opens it needs it.
const InviteForm = dynamic(() => import("./invite-form.tsx").then((module) => module.InviteForm), { ssr: false });

/** The button that opens the pop-up; without a script it leads to the page of the same form. */
export function AddMember({ store, roles }: { store: string; roles: Role[] }) {
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <a
        className="button primary"
        href={`${path(store)}/new`}
        onClick={(event) => {
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Icon name="plus" />
        Add new member
      </a>
      {open && (
        <Dialog title="Add new member" close={close}>
          <div>
            <p className="muted">
              The person gets an email with a button to accept. They join the store and its organization only after clicking it.
            </p>
          </div>
          <InviteForm
            store={store}
            roles={roles}
            cancel={
              <button type="button" className="button" onClick={close}>
                Cancel
              </button>
            }
            done={(notice) => {
              close();
              tell(notice);
            }}
          />
        </Dialog>
      )}
    </>
  );
}
