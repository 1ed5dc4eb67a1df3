import { join } from "node:path";
import type { NextConfig } from "next";

export default {
  // Both twins share their rules and SQL, in the folder beside this one.
  turbopack: { root: join(import.meta.dirname, "..") },
  outputFileTracingRoot: join(import.meta.dirname, ".."),
  serverExternalPackages: ["libsql"],
  poweredByHeader: false,
} satisfies NextConfig;
