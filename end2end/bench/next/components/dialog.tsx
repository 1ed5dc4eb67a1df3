"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "./icon.tsx";

/** A pop-up over the page. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="dialog" onClose={close}>
      <header>
        <h2 id="dialog">{title}</h2>
        <button type="button" className="button quiet small icon-only" aria-label="Close" onClick={close}>
          <Icon name="x" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
