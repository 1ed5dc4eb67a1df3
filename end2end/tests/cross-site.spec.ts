// Requests that another site makes a signed-in Owner's browser send (R26). Which operations there
// are is read from the pages' forms and the application's declarations, so a new one is covered.
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { type Form, type Operation, operations } from "../support/crawl.ts";
import { change, filled, type Pair, send, type Typed } from "../support/forms.ts";
import { OWNER } from "../support/furnished.ts";
import { type Arrival, Gate, Hostile } from "../support/hostile.ts";
import { holds, LONG, shuffled, some } from "../support/seeded.ts";
import type { Server } from "../support/server.ts";
import { expect, forms, test, type World } from "../support/world.ts";

/** Something that a site may make a browser ask for, and how. */
interface Job {
  address: string;
  pairs: Pair[];
}
interface Attempt extends Job {
  way: string;
}
interface Arrived extends Arrival, Pick<Attempt, "way" | "address"> {}

type Way = (to: { url: string; pairs: Pair[] }) => void;
declare const window: { WAYS: Record<string, Way>; WAYS_OF_THE_PAGE: Record<string, Way> };

/** Every operation, as its form would ask for it; where no page has a form for it, as declared. */
function jobs({ organization, store, pages }: World): Job[] {
  const [, , id = ""] = store.split("/");
  const known: Record<string, string> = { organization: organization.split("/")[2]!, store: id, place: id, group: "general", section: "store-details" };
  const found = forms(pages).map((form) => ({ address: form.action, pairs: filled(form) }));
  const others = operations().filter(({ address }) => !found.some((job) => job.address === address));
  const declared = (one: Operation) => ({ address: one.address, pairs: one.arguments.map((name): Pair => [name, known[name] ?? "x"]) });
  return [...found, ...others.map(declared)];
}

/** What is stored, once nothing is under way. */
async function settled(server: Server): Promise<string[]> {
  let last = await server.stored();
  const still = async () => {
    const before = last.join("\n");
    last = await server.stored();
    return last.join("\n") === before;
  };
  await expect.poll(still).toBe(true);
  return last;
}

/** A hostile page in the browser of whoever is signed in at the target. */
class Attack {
  private marks = 0;
  readonly arrived: Arrived[] = [];

  constructor(
    private readonly page: Page,
    private readonly gate: Gate,
    private readonly target: string,
    private readonly from: string,
  ) {}

  /** Opens the page; gives the ways that it knows, and those that take the page itself along. */
  async open(): Promise<string[][]> {
    await this.page.goto(this.from);
    return this.page.evaluate(() => [Object.keys(window.WAYS), Object.keys(window.WAYS_OF_THE_PAGE)]);
  }

  /** Sends these and waits until each was answered. */
  async send(attempts: Attempt[]): Promise<void> {
    const sent = attempts.map((attempt) => ({ ...attempt, mark: `${this.from} ${(this.marks += 1)}` }));
    const to = sent.map(({ way, address, pairs, mark }) => ({ way, url: `${this.target}${address}?mark=${encodeURIComponent(mark)}`, pairs }));
    await this.page.evaluate((to) => to.forEach((one) => (window.WAYS[one.way] ?? window.WAYS_OF_THE_PAGE[one.way]!)(one)), to);
    for (const { mark, way, address } of sent) {
      this.arrived.push(...(await this.gate.arrived(mark)).map((arrival) => ({ ...arrival, way, address })));
    }
  }

  /** Sends many from one page. */
  async sendAll(attempts: Attempt[]): Promise<void> {
    for (let next = 0; next < attempts.length; next += 24) {
      await this.send(attempts.slice(next, next + 24));
      await this.page.evaluate(() => document.body.replaceChildren());
      for (const other of this.page.context().pages()) if (other !== this.page) await other.close();
    }
  }

  /** Sends one that takes the page along. */
  async sendAway(attempt: Attempt): Promise<void> {
    await this.open();
    const loaded = this.page.waitForEvent("load");
    await this.send([attempt]);
    await loaded;
  }
}

/** Signs the Owner in as people do, so that the session's cookie is the server's own. */
async function signIn(context: BrowserContext, target: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${target}/sign-in`);
  const outcome = await send(page, { action: "/api/session/sign-in", multipart: false }, Object.entries({ ...OWNER, next: "" }));
  expect(outcome.done).toBeDefined();
  return page;
}

/** From where it is tried, and whether the browser sends the session along with every form. */
interface From {
  host: string;
  session: boolean;
  /** Whether it is tried in the short run, too. */
  short: boolean;
}
const from = (host: string, session: boolean, short: boolean): From => ({ host, session, short });
// To an address of this machine browsers tell which site asks; to a name without https they tell
// only the origin. The same host at another port is the same site, which gets the cookie.
const TARGETS: [host: string, from: From[]][] = [
  ["127.0.0.1", [from("evil.example", false, true), from("127.0.0.1", true, true), from("localhost", false, false)]],
  ["console.shop.example", [from("evil.example", false, false), from("shop.example", true, true), from("console.shop.example", true, false)]],
];

for (const [host, froms] of TARGETS) {
  for (const { host: other, session } of froms.filter(({ short }) => LONG || short)) {
    test(`a page at ${other} changes nothing at ${host}`, async ({ browser, address, world }) => {
      const { server } = world;
      const [gate, hostile] = [await Gate.before(server.url, address), await Hostile.start()];
      const context = await browser.newContext({ extraHTTPHeaders: {} });
      const target = `http://${host}:${gate.port}`;
      const page = await signIn(context, target);
      const all = jobs(world);
      const before = await settled(server);

      const attack = new Attack(page, gate, target, `http://${other}:${hostile.port}/`);
      const [ways = [], waysOfThePage = []] = await attack.open();
      const attempts = ways.flatMap((way) => some(all, 1).map((job) => ({ ...job, way })));
      // Each operation is tried in the way that is the simplest and the most dangerous.
      attempts.push(...all.map((job) => ({ ...job, way: "fetch, urlencoded" })));
      await attack.sendAll(shuffled(attempts));
      for (const way of waysOfThePage) {
        for (const job of some(all, 1)) await attack.sendAway({ ...job, way });
      }

      expect(await settled(server)).toEqual(before);
      const { arrived } = attack;
      expect(new Set(arrived.map((one) => one.address))).toEqual(new Set(all.map((job) => job.address)));
      expect(new Set(arrived.map((one) => one.way)).size).toBe(ways.length + waysOfThePage.length);
      // What would change something is refused as another site's; the rest leads nowhere.
      expect(arrived.filter(({ method, status }) => (method === "POST" ? status !== 403 : status < 400))).toEqual([]);
      expect(arrived.filter((one) => one.allowed)).toEqual([]);
      const forms = arrived.filter((one) => one.way === "form, urlencoded");
      expect(forms.every((one) => one.session === session)).toBe(true);
      const withSession = arrived.filter((one) => one.session).length;
      holds(`R26 nothing changes from ${other}`, `${arrived.length} requests arrived at ${host}, ${withSession} with the session`);
      await context.close();
      await Promise.all([gate.stop(), hostile.stop()]);
    });
  }
}

test("no page is shown within another site's", async ({ browser, address, world }) => {
  const [gate, hostile] = [await Gate.before(world.server.url, address), await Hostile.start()];
  const context = await browser.newContext({ extraHTTPHeaders: {} });
  const target = `http://127.0.0.1:${gate.port}`;
  const page = await signIn(context, target);
  // The same host, so that the page would be the Owner's own.
  await page.goto(`http://127.0.0.1:${hostile.port}/`);
  for (const { path } of some(world.pages, 4)) {
    for (const tag of ["iframe", "embed", "object"]) {
      const shown = await page.evaluate(async ({ tag, url }) => {
        const element = Object.assign(document.createElement(tag), tag === "object" ? { data: url } : { src: url });
        const over = new Promise<void>((done) => ["load", "error"].forEach((event) => element.addEventListener(event, () => done())));
        document.body.append(element);
        await over;
        return element.isConnected;
      }, { tag, url: target + path });
      expect(shown).toBe(true);
      // What holds nothing is taken away by the browser itself.
      const inside = await Promise.all(page.frames().filter((frame) => frame !== page.mainFrame()).map((frame) => frame.content().catch(() => "")));
      expect(inside.filter((html) => html.includes("Store Manager"))).toEqual([]);
      await page.evaluate(() => document.body.replaceChildren());
    }
  }
  await context.close();
  await Promise.all([gate.stop(), hostile.stop()]);
});

/** What an operation needs to be told so that it changes something, beside what its form says. */
const NEEDS: Record<string, Typed> = {
  "/api/session/sign-in": OWNER,
  "/api/account/forgot": { email: OWNER.email },
  "/api/settings/code/check": { file: "format = 1\n" },
};
/** Operations that change nothing in this world from the site itself either, and why. */
const WITHOUT_EFFECT = [
  // No code of an app is at hand.
  "/api/me/two-factor/confirm",
  "/api/me/two-factor/off",
  "/api/me/codes/new",
  // It asks the provider only.
  "/api/security/single-sign-on/test",
];

/** What is stored but for attempts, which are counted whatever comes of them. */
const kept = (lines: string[]): string => lines.filter((line) => !line.startsWith("INSERT INTO attempt ")).join("\n");

/** Whether one of these forms, sent by the site's own page to a copy of the world, changes something. */
async function changes(browser: Browser, world: World, alike: Form[]): Promise<boolean> {
  const twin = await world.server.twin();
  const context = await browser.newContext();
  try {
    await context.addCookies([{ name: "session", value: world.people.owner.client.session, url: twin.url }]);
    const page = await context.newPage();
    await page.goto(`${twin.url}/dev/gallery`);
    const before = kept(await settled(twin));
    for (const form of alike) {
      await change(page, form, OWNER.password, NEEDS[form.action]);
      if (kept(await twin.stored()) !== before) return true;
    }
    return false;
  } finally {
    await context.close();
    await twin.stop();
  }
}

test("the same requests from the site itself do change something", async ({ browser, world }) => {
  // The same form may stand on several pages and do something on one of them only.
  const all = world.pages.flatMap((visited) => forms([visited]));
  const unchanged: string[] = [];
  for (const action of some([...new Set(all.map((form) => form.action))], 3)) {
    if (!(await changes(browser, world, all.filter((form) => form.action === action)))) unchanged.push(action);
  }
  expect(unchanged.filter((action) => !WITHOUT_EFFECT.includes(action))).toEqual([]);
});
