// Reads a page as the server draws it for browsers that run wasm: pieces of markup within JSON.

/** All markup of a page, in its order. */
export function markup(drawn: unknown): string {
  if (typeof drawn === "string") return drawn.startsWith("<") ? drawn : "";
  if (drawn === null || typeof drawn !== "object") return "";
  return Object.values(drawn).map(markup).join("\n");
}

/** What is read of some markup, without its elements. */
export function text(markup: string): string {
  return plain(markup.replaceAll("<br>", "\n").replaceAll(/<[^>]*>/g, " "));
}

/** The rows of its tables that have an identifier. */
export function rows(markup: string): { id: string; markup: string; text: string }[] {
  return [...markup.matchAll(/<tr id="([^"]*)">(.*?)<\/tr>/gs)].map(([, id, row]) => ({ id: id!, markup: row!, text: text(row!) }));
}

/** What its fields hold, those that nobody sees too; files and boxes are left out. */
export function fields(markup: string): Record<string, string> {
  const found: [string, string][] = [];
  for (const [, attributes] of markup.matchAll(/<input ([^>]*)>/g)) {
    if (!/^(file|checkbox|radio)$/.test(attribute(attributes!, "type"))) found.push([attribute(attributes!, "name"), attribute(attributes!, "value")]);
  }
  for (const [, attributes, value] of markup.matchAll(/<textarea ([^>]*)>([^<]*)</g)) {
    found.push([attribute(attributes!, "name"), plain(value!.replace(/^\n/, ""))]);
  }
  for (const [, attributes, inside] of markup.matchAll(/<select ([^>]*)>(.*?)<\/select>/gs)) {
    const options = [...inside!.matchAll(/<option ([^>]*)>/g)].map(([, option]) => option!);
    const chosen = options.find((option) => / selected\b/.test(option)) ?? options[0];
    found.push([attribute(attributes!, "name"), attribute(chosen ?? "", "value")]);
  }
  return Object.fromEntries(found);
}

/** An attribute's value; nothing if it is missing. */
export function attribute(attributes: string, name: string): string {
  return plain(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
}

function plain(text: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&" };
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) => {
    if (name) return named[name] ?? whole;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number));
  });
}
