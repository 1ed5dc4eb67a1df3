import { defineConfig, type PlaywrightTestOptions } from "@playwright/test";
import type { Mode, SiteOptions } from "./support/test.ts";

const desktop = { width: 1280, height: 800 };
// The narrowest screen that WCAG asks for.
const phone = { width: 320, height: 700 };

// What needs one run only, because it is about the server or chooses its own pages.
const proofs = ["**/cross-site.spec.ts", "**/xss.spec.ts", "**/hydration.spec.ts"];
const once = ["**/crash.spec.ts", "**/together.spec.ts", "**/postgres.spec.ts", "**/smtp.spec.ts", ...proofs];
// Tests of what only a page that runs wasm can do.
const scripted = /@scripted/;
// Tests of what people come for; the rest is about values and answers, which no screen changes.
const main = /@main/;

type Use = Partial<PlaywrightTestOptions & Mode>;
const plain: Use = { javaScriptEnabled: false, scripted: false };
const project = (name: string, use: Use, rest = {}) => ({ name, use, ...rest });

export default defineConfig<Mode, SiteOptions>({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  retries: 0,
  workers: 2,
  // These end what hangs; they measure nothing. A busy machine takes many times as long as a quiet
  // one, and the longest flow loads twenty pages.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: process.env["CI"] ? [["line"]] : [["list"]],
  use: {
    // `TRACE=on make e2e` records what led to a failure.
    trace: process.env["TRACE"] ? "retain-on-failure" : "off",
    locale: "en-GB",
    // Colours and places are looked at, not their way there.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        // Tests run as root in containers.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        // Names of other sites, which hostile pages stand at; letters of the OpenID provider's pages,
        // which would wait for them, are not to be had.
        "--host-resolver-rules=MAP *.example 127.0.0.1, MAP fonts.googleapis.com ~NOTFOUND",
        "--no-first-run",
        // Nothing but the server under test is asked for anything.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    project("hydrated", { viewport: desktop }),
    // How each page looks without scripts is told by the narrow screen, which is the harder one.
    project("no-js", { viewport: desktop, ...plain }, { testIgnore: [...once, "**/pages.spec.ts"], grepInvert: scripted }),
    project("mobile", { viewport: phone }, { testIgnore: once, grep: main }),
    project("mobile-no-js", { viewport: phone, ...plain }, { testIgnore: once, grep: main }),
  ],
});
