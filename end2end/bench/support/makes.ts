// The twins there are.
import type { Make } from "./twin.ts";

const next = "node_modules/next/dist/bin/next";

export const NEXT: Make = {
  name: "Next.js",
  folder: "next",
  styles: "app/styles.css",
  files: "public",
  build: [next, "build"],
  serve: (port) => [next, "start", "--hostname", "127.0.0.1", "--port", String(port)],
  ready: /Ready in/,
};

export const SVELTEKIT: Make = {
  name: "SvelteKit",
  folder: "sveltekit",
  styles: "src/styles.css",
  files: "static",
  build: ["node_modules/vite/bin/vite.js", "build"],
  // It takes its port from the environment.
  serve: () => ["server.js"],
  ready: /Listening on/,
};
