import type { Viewer } from "$twin/session.ts";

declare global {
  namespace App {
    interface Locals {
      /** Who is there; undefined for nobody. */
      viewer: Viewer | undefined;
    }
  }
}

export {};
