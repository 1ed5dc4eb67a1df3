import { Client, type Section } from "../support/client.ts";
import { Company } from "../support/company.ts";
import { Server } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const KILLS = 10;
/** Saves that are acknowledged before a kill; others are on their way then. */
const SAVES = 12;
/** The fields that every save writes the same number into. */
const FIELDS = ["legal_name", "city", "region", "postal_code"];

/** Saves one number after another until the server is gone, and keeps what was acknowledged. */
class Writer {
  private acknowledged = 0;
  private attempted = 0;
  /** What the next save starts from. It is read while nobody kills: only saves are cut off. */
  private read!: Section;

  constructor(
    private readonly client: Client,
    private readonly store: string,
  ) {}

  /** Saves the first number, so that there is one also where no save is heard of before the first kill. */
  async begin(): Promise<void> {
    this.read = await this.client.details(this.store);
    await this.save();
  }

  /** Saves until the connection breaks: only that may end it. */
  async write(onSaved: () => void): Promise<void> {
    try {
      for (;;) {
        this.attempted += 1;
        await this.save();
        onSaved();
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }

  private async save(): Promise<void> {
    const { version, values } = this.read;
    const numbers = Object.fromEntries(FIELDS.map((field) => [field, String(this.attempted)]));
    const { done } = await this.client.save(this.store, version, { ...values, ...numbers });
    expect(done).toBeDefined();
    this.read = { version: version + 1, values };
    this.acknowledged = this.attempted;
  }

  /** What is stored is what was acknowledged last, or what was on its way. */
  async check(): Promise<void> {
    this.read = await this.client.details(this.store);
    const written = new Set(FIELDS.map((field) => this.read.values[field]));
    expect(written.size, "a save is there whole or not at all").toBe(1);
    const found = Number([...written][0]);
    expect(found).toBeGreaterThanOrEqual(this.acknowledged);
    expect(found).toBeLessThanOrEqual(this.attempted);
    this.attempted = found;
    this.acknowledged = found;
  }
}

/** Lets everybody write until so many saves are acknowledged; the promise in it ends when all have ended. */
async function writeUntil(saves: number, writers: Writer[]): Promise<{ ended: Promise<unknown> }> {
  return new Promise((enough, failed) => {
    let count = 0;
    const saved = () => {
      count += 1;
      if (count === saves) enough({ ended });
    };
    const ended: Promise<unknown> = Promise.all(writers.map((writer) => writer.write(saved)));
    ended.catch(failed);
  });
}

test("what was acknowledged survives kill -9 in the middle of saves", async ({ address }) => {
  let server = await Server.start();
  const companies = await Promise.all(["A", "B", "C"].map((name) => Company.found(server.url, address, `Store ${name}`)));
  const writers = companies.map(({ administrator, store }) => new Writer(administrator.client, store));
  for (const writer of writers) await writer.begin();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { ended } = await writeUntil(SAVES, writers);
    server = await server.crash();
    await ended;
    for (const writer of writers) await writer.check();
  }
  const audit = await server.command("audit", "verify");
  expect(audit.output).not.toContain("Broken");
  expect(audit.code).toBe(0);
  await server.stop();
});
