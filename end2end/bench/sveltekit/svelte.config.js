import adapter from "@sveltejs/adapter-node";

/** @type {import("@sveltejs/kit").Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter(),
    // The twins share their rules and SQL, in the folder beside this one.
    alias: { $twin: "../twin" },
  },
};
