// Texts that try to become scripts, in every text field of every form, on every page (R38). Forms
// and fields are found on the pages, so a new one is covered.
import type { Page } from "@playwright/test";
import { crawl, type Form, look, type Visited } from "../support/crawl.ts";
import { demanded, filled, send, type Typed } from "../support/forms.ts";
import { become } from "../support/furnished.ts";
import { holds, LONG, random, rounds, shuffled, some } from "../support/seeded.ts";
import { expect, forms, test, type World } from "../support/world.ts";

/** Short, so that several fit into one field: whatever runs leaves `xss` behind. */
const PAYLOADS = [
  "<script>xss=1</script>",
  "<img src=x onerror=xss=1>",
  "<svg/onload=xss=1>",
  `" autofocus onfocus=xss=1 x="`,
  `' autofocus onfocus=xss=1 x='`,
  "</textarea><script>xss=1</script>",
  "</title><svg onload=xss=1>",
  "</script><script>xss=1</script>",
  "--><img src onerror=xss=1><!--",
  "<!--<script>xss=1</script>",
  "javascript:xss=1//",
  "java\tscript:xss=1",
  "[a](javascript:xss=1)",
  `[a](https://a.example"onclick="xss=1)`,
  "![a](x\"onerror=\"xss=1)",
  "<a href=javascript:xss=1>a</a>",
  "<iframe srcdoc='<script>top.xss=1</script>'>",
  "<math><mi xlink:href='data:x,<script>xss=1'>",
  "<noscript><p title='</noscript><img src onerror=xss=1>'>",
  "<template><script>xss=1</script></template>",
  "<style>@import'data:,*{background:url(x)}'</style>",
  "red;background:url(javascript:xss=1)",
  "{{constructor.constructor('xss=1')()}}",
  "${xss=1}#{xss=1}<%=xss=1%>",
  "&lt;img src=x onerror=xss=1&gt;",
  "&#60;script&#62;xss=1&#60;/script&#62;",
  "\\u003cscript\\u003exss=1\\x3c/script\\x3e",
  "＜script＞xss=1＜/script＞",
  "<img\u2028src=x\u2028onerror=xss=1>",
  "\u202e>tpircs/<1=ssx>tpircs<",
  "<details open ontoggle=xss=1>",
  "<body onpageshow=xss=1>",
  "<form><button formaction=javascript:xss=1>a",
  "<base href=//evil.example/>",
  "<meta http-equiv=refresh content=0;url=javascript:xss=1>",
  "'+(xss=1)+'\"-(xss=1)-\"`${xss=1}`",
];

const TEXTS = new Set(["text", "textarea", "search", "url", "email", "tel"]);

/** As many of the payloads as fit, from this one on. */
function packed(from: number, room: number): string {
  let text = "";
  for (let next = from; next < from + PAYLOADS.length; next += 1) {
    const more = PAYLOADS[next % PAYLOADS.length]!;
    if (text.length + more.length < room) text += more;
    if (text.length > 600) break;
  }
  return text;
}

/** What is typed into a form's text fields. */
function hostile(form: Form, from: number): Typed {
  const fields = form.fields.filter((field) => TEXTS.has(field.kind));
  return Object.fromEntries(fields.map(({ name, kind, maxLength }, index) => {
    const room = maxLength < 0 ? 200 : maxLength;
    const text = packed(from + index * 5, room - 30);
    const spelled: Record<string, string> = { url: from % 3 === 0 ? text : `https://partner.example/?${text}`, email: `${text.slice(0, 40)}@partner.example` };
    return [name, spelled[kind] ?? text];
  }));
}

/** A value that was taken, where, and where that leads to. */
interface Taken {
  field: string;
  text: string;
  location: string;
}

/** Sends a form with hostile texts; what is refused of them stays as the form has it. */
async function attack(page: Page, form: Form, from: number): Promise<Taken[]> {
  const { forms } = await look(page, form.page);
  const fresh = forms.find((other) => other.action === form.action && other.fields.length === form.fields.length);
  const typed = hostile(fresh ?? form, from);
  for (;;) {
    const outcome = await send(page, form, filled(fresh ?? form, typed));
    const faulty = outcome.invalid?.errors.map((error) => error.field).filter((name) => name in typed) ?? [];
    for (const name of faulty) delete typed[name];
    if (faulty.length > 0) continue;
    const { done } = outcome;
    return done ? Object.entries(typed).map(([name, text]) => ({ field: `${form.action} ${name}`, text: String(text), location: done.location })) : [];
  }
}

/** Forms in which one writes something; one that wants a name to be typed ends something instead. */
function writable(pages: Visited[]): Form[] {
  return forms(pages).filter((form) => form.fields.some((field) => TEXTS.has(field.kind)) && !form.fields.some((field) => demanded(field)));
}

/** What a page made of texts that it should not have, and all that can be read of it. */
async function seen(page: Page): Promise<string> {
  const { ran, violations, made, read } = await page.evaluate(() => {
    const own = window as unknown as { xss?: unknown; violations: string[] };
    const bad = "iframe, object, embed, base, math, style, meta[http-equiv], a[href^='javascript:' i], [formaction], [srcdoc], details[ontoggle], noscript p";
    const handlers = [...document.querySelectorAll("*")].filter((element) => [...element.attributes].some(({ name }) => name.startsWith("on")));
    const made = [...handlers, ...document.querySelectorAll(bad)].map((element) => element.outerHTML.slice(0, 200));
    const values = [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map((field) => field.value);
    return { ran: own.xss !== undefined, violations: own.violations, made, read: [document.body.textContent, document.title, ...values].join("\n") };
  });
  expect({ ran, violations, made }, page.url()).toEqual({ ran: false, violations: [], made: [] });
  return read;
}

/** Opens a page as it is served, and waits until it has come to life. */
async function load(page: Page, url: string): Promise<void> {
  await page.goto(url);
  if (!new URL(url).pathname.startsWith("/dev/")) await page.locator("html.hydrated").waitFor({ state: "attached" });
}

/** Goes to a page by a link, so that the browser half puts it together. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => {
    const drawn = new Promise<void>((done) => {
      // Asked within the page: to others the answer may be there before the page has it.
      new PerformanceObserver((list, answers) => {
        if (!list.getEntries().some(({ name }) => name.includes("/api/panel?"))) return;
        answers.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => done()));
      }).observe({ type: "resource" });
    });
    const link = Object.assign(document.createElement("a"), { href: path });
    document.body.append(link);
    link.click();
    link.remove();
    return drawn;
  }, path);
}

test.beforeEach(async ({ page, watch }) => {
  // Pages that the person may not see.
  for (const status of [401, 403, 404] as const) watch.answers(status);
  page.on("dialog", (dialog) => {
    throw new Error(`a page asks ${dialog.message()}`);
  });
  await page.addInitScript(() => {
    const own = window as unknown as { violations: string[] };
    own.violations = [];
    addEventListener("securitypolicyviolation", (event) => own.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
});

/** Pages to open: all that the person who is signed in finds, letters included, or a few. */
async function chosen(page: Page, world: World, more: string[]): Promise<string[]> {
  const pages = LONG ? await crawl(page, [...more, ...world.starts], true) : world.pages;
  const letters = (await look(page, "/dev/mailbox")).links.filter((link) => link.startsWith("/dev/mailbox/"));
  const paths = pages.filter(({ status }) => status === 200).map(({ path }) => path);
  // `some` takes all in the long run.
  return [...new Set([...some(more, 4), ...some(paths, 3), ...some(letters, 1)])];
}

/** Opens these, every other by a link; gives what can be read. */
async function open(page: Page, url: string, paths: string[]): Promise<string> {
  const read: string[] = [];
  for (const [index, path] of paths.entries()) {
    const { pathname, search } = new URL(page.url());
    const here = pathname + search;
    // A link to where one is asks for nothing, and those pages are no part of the application.
    const byLink = index % 2 === 1 && here !== path && ![here, path].some((path) => path.startsWith("/dev/"));
    await (byLink ? follow(page, path) : load(page, url + path));
    read.push(await seen(page));
  }
  return read.join("\n").replaceAll(/\s+/g, "");
}

const start = Math.floor(random() * PAYLOADS.length);
for (let round = 1; round <= rounds(PAYLOADS.length / 6); round += 1) {
  test(`no text of anybody runs on any page, round ${round}`, async ({ page, world }) => {
    const { server, people } = world;
    await become(page, server.url, people.owner);
    await load(page, `${server.url}/stores`);
    const taken: Taken[] = [];
    for (const form of some(writable(world.pages), 12)) taken.push(...(await attack(page, form, start + round * 6)));
    expect(taken.length).toBeGreaterThan(LONG ? rounds(40) : 0);
    let read = "";
    for (const [role, person] of Object.entries({ ...people, nobody: undefined })) {
      await become(page, server.url, person);
      await load(page, `${server.url}/stores`);
      const paths = shuffled(await chosen(page, world, taken.map(({ location }) => location)));
      read += await open(page, server.url, paths);
      holds(`R38 no text runs, round ${round}`, `${taken.length} texts, ${paths.length} pages opened as ${role}`);
    }
    const shown = taken.filter(({ text }) => read.includes(text.replaceAll(/\s+/g, "")));
    expect(shown.length, "texts that are read as they were written").toBeGreaterThan(0);
  });
}
