#!/usr/bin/env node
// Cuts the font that every page needs out of the whole of Inter: font.js FONT STYLES NAME RESULT.
// Which letters and weights are kept is what STYLES says where it names fonts/NAME.
"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const subset = require("subset-font");

// Kerning, arrows and signs beside capitals, accents put together of two characters, letters of one
// language, and the digits of equal width that style/ asks for. The other half of Inter is choices
// that nobody makes here.
const FEATURES = ["kern", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"];
// Drawn for text; without a size of its own a letter is the same at each size.
const OPTICAL_SIZE = 14;

const [font, styles, name, result] = process.argv.slice(2);

function numbers(face, property, pattern) {
  const [, value] = new RegExp(`${property}:([^;]+);`).exec(face) ?? [];
  if (!value) throw new Error(`${styles} gives no ${property} for ${name}`);
  return [...value.matchAll(pattern)].map(([, from, to = from]) => [from, to]);
}

function letters(face) {
  const ranges = numbers(face, "unicode-range", /U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g);
  const codes = ranges.flatMap(([from, to]) => {
    const first = parseInt(from, 16);
    return Array.from({ length: parseInt(to, 16) - first + 1 }, (_, i) => first + i);
  });
  return String.fromCodePoint(...codes);
}

async function main() {
  const faces = readFileSync(styles, "utf8").match(/@font-face\s*\{[^}]*\}/g) ?? [];
  const face = faces.find((each) => each.includes(`fonts/${name}"`));
  if (!face) throw new Error(`${styles} does not name fonts/${name}`);
  const [[min, max]] = numbers(face, "font-weight", /(\d+) (\d+)/g);
  const cut = await subset(readFileSync(font), letters(face), {
    targetFormat: "woff2",
    variationAxes: { wght: { min: Number(min), max: Number(max) }, opsz: OPTICAL_SIZE },
    keepFeatures: FEATURES,
  });
  writeFileSync(result, cut);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
