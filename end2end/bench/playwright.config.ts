import { defineConfig } from "@playwright/test";

// The runner's only task here is to run TypeScript.
export default defineConfig({ testMatch: "run.ts", timeout: 0, workers: 1, reporter: [["line"]], outputDir: "../test-results/bench" });
