// A browser as slow as a telephone, and pages in it that nothing was loaded for before.
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";
import { Rest } from "./ready.ts";
import type { Side } from "./side.ts";

/** How many times slower the processor is. */
export const CPU = 4;
/** What is called a slow 4G connection. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

export interface Options {
  /** Over a slow network. */
  slow?: boolean;
  /** With a processor that is {@link CPU} times slower. */
  cpu?: boolean;
  /** A script that runs in the page before its own. */
  script?: () => void;
  /** Complaints that are expected. */
  allowed?: RegExp;
}

export async function launch(port?: number): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(port ? [`--remote-debugging-port=${port}`] : []),
    ],
  });
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  devtools: CDPSession;
  rest: Rest;
}

/** Lets somebody who is signed in and has been nowhere do something in a page; complaints of the page end it. */
export async function visit<T>(browser: Browser, side: Side, options: Options, act: (visit: Visit) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  await context.addCookies([{ name: "session", value: side.session, url: side.url }]);
  // It ends what hangs; it measures nothing.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const complain = (text: string) => void (options.allowed?.test(text) || complaints.push(text));
  page.on("pageerror", (error) => complain(error.message));
  page.on("console", (message) => message.type() === "error" && complain(message.text()));
  const rest = new Rest(page);
  const devtools = await context.newCDPSession(page);
  if (options.script) await page.addInitScript(options.script);
  await devtools.send("Network.enable");
  if (options.slow) await devtools.send("Network.emulateNetworkConditions", NETWORK);
  if (options.cpu) await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  try {
    const result = await act({ page, context, devtools, rest });
    if (complaints.length) throw new Error(`${side.name} complains: ${complaints.join("; ")}`);
    return result;
  } finally {
    await context.close();
  }
}

/** Opens the list of members and waits until its script has come to life and rests. */
export async function openMembers({ page, rest }: Visit, side: Side): Promise<void> {
  await page.goto(side.url + side.members);
  await page.locator("html.hydrated").waitFor({ state: "attached" });
  await rest.reached();
}
