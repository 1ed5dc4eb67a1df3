import { expect, test } from "../support/test.ts";

test("of two who save at once none loses what they were told is saved", async ({ company }) => {
  const { store, administrator } = company;
  const jan = await company.join("Jan Nowak", "administrator");
  for (let round = 0; round < 10; round += 1) {
    const { version, values } = await administrator.client.details(store);
    const cities = [`Madrid ${round}`, `Gdańsk ${round}`];
    const outcomes = await Promise.all(
      [administrator.client, jan.client].map((client, index) => client.save(store, version, { ...values, city: cities[index]! })),
    );
    const saved = outcomes.flatMap((outcome, index) => (outcome.done ? [index] : []));
    expect(saved).toHaveLength(1);
    const refused = outcomes[1 - saved[0]!]!;
    const fields = refused.stale?.conflict.fields;
    expect(fields).toEqual([expect.objectContaining({ field: "city", theirs_shown: cities[saved[0]!], untouched: false })]);
    expect((await administrator.client.details(store)).values["city"]).toBe(cities[saved[0]!]);
  }
});

test("what ten hands add at once is all there", async ({ company }) => {
  const { store, administrator } = company;
  const hands = [..."abcdefghij"];
  await company.change({ region: "" });
  const add = async (letter: string) => {
    for (;;) {
      const { version, values } = await administrator.client.details(store);
      const outcome = await administrator.client.save(store, version, { ...values, region: values["region"] + letter });
      if (outcome.done) return;
      expect(outcome.stale).toBeDefined();
    }
  };
  await Promise.all(hands.map(add));
  const { values } = await administrator.client.details(store);
  expect([...values["region"]!].sort()).toEqual(hands);
});

test("of two last Administrators who leave at once one stays", async ({ company }) => {
  const { store, administrator } = company;
  const jan = await company.join("Jan Nowak", "administrator");
  const members = await jan.client.members(store);
  const own = members.find((member) => member.text.includes(jan.email))!.id;
  const other = members.find((member) => !member.text.includes(jan.email))!.id;
  const demote = (client: typeof jan.client, member: string) =>
    client.post("/api/members/role", { store, member, role: "marketer" });
  const outcomes = await Promise.all([demote(jan.client, own), demote(administrator.client, other)]);
  expect(outcomes.filter((outcome) => outcome.done)).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome.refused)).toHaveLength(1);
});
