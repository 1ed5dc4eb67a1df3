// What is true once something was done, and what that took.
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    took: (event: string, done: () => boolean) => Promise<number>;
    taking: Promise<number>;
  }
}

/** Runs in a page before its own script: tells how long after an event something is painted. */
export function stopwatch(): void {
  window.took = (event, done) => {
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`after a ${event} it never was so that ${done}`)), 60_000);
      const heard = ({ timeStamp }: Event) => {
        removeEventListener(event, heard, true);
        const look = () => {
          if (!done()) return void requestAnimationFrame(look);
          // The next task runs after this frame was drawn.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - timeStamp);
          port2.postMessage(0);
        };
        requestAnimationFrame(look);
      };
      addEventListener(event, heard, true);
    });
  };
}

/** Milliseconds from the first `event` that `act` causes to the frame that shows what `done` (an expression) looks for. */
export async function took(page: Page, event: string, done: string, act: () => Promise<unknown>): Promise<number> {
  // The listener is there when the page answers; what it waits for is asked for afterwards.
  await page.evaluate(`void (window.taking = window.took(${JSON.stringify(event)}, () => ${done}))`);
  await act();
  return page.evaluate(() => window.taking);
}

/** Counts what a page has asked for and not yet got. */
export class Rest {
  private under = 0;
  private quiet: (() => void) | undefined;

  constructor(private readonly page: Page) {
    page.on("request", () => (this.under += 1));
    for (const end of ["requestfinished", "requestfailed"] as const) page.on(end as "requestfinished", () => this.ended());
  }

  private ended(): void {
    this.under -= 1;
    if (this.under === 0) this.quiet?.();
  }

  /** Waits until the page waits for nothing and has drawn what it got. */
  async reached(): Promise<void> {
    do {
      if (this.under > 0) await new Promise<void>((done) => (this.quiet = done));
      await this.page.evaluate(drawn);
    } while (this.under > 0);
  }
}

/** The second frame from now: what came before the first one was drawn. */
function drawn(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}
