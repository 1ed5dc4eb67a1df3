"use client";
import { useActionState, useState } from "react";
import { remove, type Result } from "../lib/actions.ts";
import { path } from "../lib/path.ts";
import { Dialog } from "./dialog.tsx";
import { useTell } from "./toasts.tsx";

interface Props {
  store: string;
  member: string;
  name: string;
  invited: boolean;
}

/** The link to the question, and the question over the page; without a script a page of its own. */
export function RemoveMember(props: Props) {
  const [open, setOpen] = useState(false);
  const verb = props.invited ? "Cancel invitation" : "Remove";
  return (
    <>
      <a
        className="button quiet small danger"
        href={`${path(props.store)}/${props.member}/remove`}
        aria-label={`${verb} ${props.name}`}
        onClick={(event) => {
          event.preventDefault();
          setOpen(true);
        }}
      >
        {verb}
      </a>
      {open && <Question {...props} close={() => setOpen(false)} />}
    </>
  );
}

function Question({ store, member, name, close }: Props & { close: () => void }) {
  const tell = useTell();
  const [result, action, pending] = useActionState(async (before: Result) => {
    const result = await remove(store, member, before);
    if (result.notice) {
      close();
      tell(result.notice);
    }
    return result;
  }, {});
  return (
    <Dialog title={`Remove ${name}?`} close={close}>
      <div>
        <p>They lose access to this store at once.</p>
        {result.fault && <p role="alert">{result.fault}</p>}
      </div>
      <form action={action}>
        <footer className="actions">
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button className="button primary danger" disabled={pending}>
            Remove
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
