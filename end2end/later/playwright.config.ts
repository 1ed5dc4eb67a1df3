import { defineConfig } from "@playwright/test";
import base from "../playwright.config.ts";

// As the tests have it, for the one program here.
export default defineConfig({
  ...base,
  testDir: ".",
  testMatch: "record.ts",
  timeout: 0,
  reporter: [["line"]],
  outputDir: "../test-results/later",
  projects: [{ name: "record", use: { viewport: { width: 1280, height: 800 } } }],
});
