import { createContext } from "svelte";

interface Toast {
  id: number;
  text: string;
}

/** Says in a corner that something was done. */
export class Toasts {
  shown = $state.raw<Toast[]>([]);
  #last = 0;

  tell(text: string | undefined): void {
    if (!text) return;
    const id = ++this.#last;
    this.shown = [...this.shown, { id, text }];
    setTimeout(() => (this.shown = this.shown.filter((toast) => toast.id !== id)), 6000);
  }
}

export const [getToasts, setToasts] = createContext<Toasts>();
