"use client";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

const Tell = createContext<(text: string) => void>(() => {});

/** Says in a corner that something was done. */
export const useTell = () => useContext(Tell);

/** Where notices are shown, around all that tells them. */
export function Toasts({ children }: { children: ReactNode }) {
  const [texts, setTexts] = useState<{ id: number; text: string }[]>([]);
  const tell = useCallback((text: string) => {
    const id = performance.now();
    setTexts((old) => [...old, { id, text }]);
    setTimeout(() => setTexts((old) => old.filter((other) => other.id !== id)), 6000);
  }, []);
  // What is only for pages without a script goes, as in ours.
  useEffect(() => document.documentElement.classList.add("hydrated"), []);
  return (
    <Tell value={tell}>
      {children}
      <div role="status" className="toasts">
        {texts.map(({ id, text }) => (
          <p key={id} className="toast">
            {text}
          </p>
        ))}
      </div>
    </Tell>
  );
}
