// Hears what the browser complains about; a test must explain every word of it.
import { type BrowserContext, expect } from "@playwright/test";

export class Watch {
  private readonly heard: string[] = [];
  private readonly explained: RegExp[] = [];
  private readonly foreign: string[] = [];

  constructor(scripted: boolean) {
    // What was fetched ahead for the browser half stays unused where no script may run.
    if (!scripted) this.explained.push(/^warning: The resource \S+ was preloaded using link preload but not used /);
  }

  add(context: BrowserContext): void {
    context.on("console", (message) => {
      if (["warning", "error"].includes(message.type())) this.heard.push(`${message.type()}: ${message.text()} at ${message.location().url}`);
    });
    context.on("weberror", (error) => this.heard.push(`exception: ${error.error().message}`));
  }

  /** The browser itself notes each answer with this status: the test asks for a page that has it. */
  answers(status: 401 | 403 | 404): void {
    this.explained.push(new RegExp(`^error: Failed to load resource: the server responded with a status of ${status} `));
  }

  /** What the browser says of a network that the test breaks. */
  says(text: RegExp): void {
    this.explained.push(text);
  }

  /** What is said about pages of others: not ours to keep silent. */
  abroad(...origins: string[]): void {
    for (const origin of origins) this.foreign.push(origin);
  }

  /** Fails the test if there was anything that it did not explain. */
  finish(): void {
    const unexplained = this.heard.filter((message) => !this.explained.some((pattern) => pattern.test(message)) && !this.foreign.some((origin) => message.includes(` at ${origin}/`)));
    expect(unexplained, "console messages and exceptions").toEqual([]);
  }
}
