// P6 and P7: from the navigation's start to the first click that the page's script handles.
import type { Browser } from "@playwright/test";
import { brotliCompressSync } from "node:zlib";
import { visit } from "../support/browser.ts";
import { compared, type Figure } from "../support/figure.ts";
import { interleaved, outcome } from "../support/pairs.ts";
import type { Side } from "../support/side.ts";

interface Clicked {
  /** Milliseconds until "Add new member" was painted, until a click on it was handled, and until its pop-up stood there. */
  painted: number;
  handled: number;
  shown: number;
}
interface Load extends Clicked {
  /** Bytes over the wire until then, and what they would be as Brotli at its best. */
  code: number;
  smallest: number;
  page: number;
}

declare global {
  interface Window {
    clicked: Promise<Clicked>;
  }
}

/** Clicks "Add new member" as soon as it is there and at every frame after, until a script takes the click. */
function clicker(): void {
  // A click that nothing handles would leave the page. It is not handled, so it does not count.
  const { navigation } = window as unknown as { navigation: EventTarget };
  navigation.addEventListener("navigate", (event) => {
    if (!(event as Event & { destination: { sameDocument: boolean } }).destination.sameDocument) event.preventDefault();
  });
  window.clicked = new Promise((done) => {
    const times = { painted: 0, handled: 0, shown: 0 };
    // What never comes is told by what did.
    setTimeout(() => done(times), 60_000);
    const look = () => {
      const link = document.querySelector(".toolbar > .primary");
      if (link && !times.handled) {
        times.painted ||= performance.now();
        if (!link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }))) times.handled = performance.now();
      } else if (document.querySelector("dialog[open] input[name=email]")) {
        times.shown = performance.now();
        done(times);
        return;
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

const CODE = /wasm|javascript|css|json/;

/** One load with nothing in the cache. */
async function load(browser: Browser, side: Side): Promise<Load> {
  return visit(browser, side, { slow: true, cpu: true, script: clicker }, async ({ page, devtools }) => {
    const wire = new Map<string, { kind: string; at: number; bytes: number }>();
    devtools.on("Network.responseReceived", ({ requestId, response }) => wire.set(requestId, { kind: response.mimeType, at: Infinity, bytes: 0 }));
    devtools.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
      const request = wire.get(requestId);
      if (request) Object.assign(request, { at: timestamp, bytes: encodedDataLength });
    });
    let start = 0;
    devtools.on("Network.requestWillBeSent", ({ type, timestamp }) => {
      if (type === "Document") start ||= timestamp;
    });
    await page.goto(side.url + side.members, { waitUntil: "commit" });
    const times = await page.evaluate(() => window.clicked);
    if (!times.handled || times.shown < times.handled) throw new Error(`${side.name}: ${JSON.stringify(times)}`);
    const rows = await page.locator("tbody tr").count();
    if (rows !== 50) throw new Error(`${side.name} shows ${rows} members`);

    const before = [...wire].filter(([, { at }]) => (at - start) * 1000 <= times.handled);
    const code = before.filter(([, { kind }]) => CODE.test(kind));
    const sum = (requests: typeof before) => requests.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    const smallest = await Promise.all(code.map(([id]) => body(devtools, id)));
    return {
      ...times,
      code: sum(code),
      page: sum(before.filter(([, { kind }]) => kind === "text/html")),
      smallest: smallest.reduce((sum, body) => sum + brotliCompressSync(body).length, 0),
    };
  });
}

async function body(devtools: { send: any }, requestId: string): Promise<Buffer> {
  const { body, base64Encoded } = await devtools.send("Network.getResponseBody", { requestId });
  return Buffer.from(body, base64Encoded ? "base64" : "utf8");
}

export async function firstClick(browser: Browser, ours: Side, twin: Side, pairs: number): Promise<Figure[]> {
  const runs = await interleaved(
    pairs,
    () => load(browser, ours),
    () => load(browser, twin),
  );
  const of = (key: keyof Load) => outcome(runs, (run) => run[key]);
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  const both = (key: keyof Load, show: (value: number) => string) => `${show(of(key).ours)} and ${show(of(key).theirs)}`;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    compared(
      {
        id: "P6",
        what: "wasm, scripts, styles and their data over the wire before the members page is interactive",
        unit: "bytes",
        good: 180_000,
        aim: 120_000,
        note: `the same bodies as Brotli 11: ${both("smallest", kb)}; the page itself: ${both("page", kb)}`,
      },
      twin.name,
      of("code"),
    ),
    compared(
      {
        id: "P7",
        what: "navigation to first handled click, nothing cached, CPU 4x slower, 1.6 Mbit/s, 150 ms",
        unit: "ms",
        good: 0.7,
        aim: 0.5,
        note: `painted after ${both("painted", seconds)}; the pop-up it opens stood after ${both("shown", seconds)}`,
      },
      twin.name,
      of("handled"),
    ),
  ];
}
