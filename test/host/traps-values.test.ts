import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { inputKeys, outputKeys } from "../../provider/runtime/definition.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { startFake } from "./fake.ts";
import type { Kind, Values } from "./harness.ts";
import { kinds, sample, samples } from "./samples.ts";
import { itHoldsFor } from "./world.ts";

beforeAll(ensureBuilt);

const definitionOf = (kind: string) => {
  const found = catalog.find((definition) => definition.kind === kind);
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return found;
};

it("trap 5: undefined becomes null, or is left out inside an object", async () => {
  const { fake } = await startFake();
  expect((await fake.create({ action: "undefined" })).outs.value).toBe(null);
  expect((await fake.create({ action: "nested undefined" })).outs.value).toEqual({ kept: 1, list: [null, 2] });
});

it("trap 5: what the wire cannot carry is reported, not bent into something else", async () => {
  const { fake } = await startFake();
  const unsendable = ["BigInt", "Buffer", "Uint8Array", "function", "symbol", "Date", "Map", "NaN", "Infinity"];
  for (const action of unsendable) {
    await expect(fake.create({ action }), action).rejects.toThrow("value is not a plain value");
  }
});

const UNKNOWNS = {
  string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
};

/** The inputs with one value inside, at whatever depth, not known: once for each place. */
function withUnknown(value: unknown, unknown: string): unknown[] {
  const replaced = Array.isArray(value)
    ? value.flatMap((item, at) => withUnknown(item, unknown).map((inner) => value.with(at, inner)))
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) =>
          withUnknown(item, unknown).map((inner) => ({ ...value, [key]: inner })),
        )
      : [];
  return [unknown, ...replaced];
}

itHoldsFor(
  kinds,
  "trap 7: each unknown in each field of a kind passes check and counts as a change",
  async ({ kind, warnings }, name) => {
    const resource = kind(name);
    const { inputs: recorded } = await resource.check(sample(name));
    const uncompared = definitionOf(name).createOnly ?? [];
    for (const unknown of Object.values(UNKNOWNS)) {
      const places = Object.keys(samples[name] ?? {}).flatMap((key) =>
        withUnknown(samples[name]?.[key], unknown).map((value) => ({ key, value })),
      );
      await Promise.all(
        places.map(async ({ key, value }) => {
          const { inputs, failures } = await resource.check(sample(name, { [key]: value }));
          expect(failures, key).toEqual([]);
          expect(JSON.stringify(inputs[key]), key).toContain(unknown);
          expect((await resource.diff("1", recorded, inputs)).changes, key).toBe(!uncompared.includes(key));
        }),
      );
    }
    expect(warnings.seen).toEqual([]);
  },
);

itHoldsFor(
  ["Watcher", "ThresholdWatcher"],
  "trap 8: the webhook of a kind stays under its own key",
  async ({ kind, acme }, name) => {
    const { outs } = await kind(name).make(sample(name));
    const { msTeamsWebhook, ...others } = outs;
    expect(msTeamsWebhook).toBe("https://example.com/hook/s3cret");
    expect(JSON.stringify(others)).not.toContain("s3cret");
    expect(JSON.stringify(outs)).not.toContain(acme.token);
  },
);

itHoldsFor(
  ["Watcher", "ThresholdWatcher"],
  "trap 8: a webhook that somebody adds to a watcher is drift in the outputs alone",
  async ({ kind, acme }, name) => {
    const { id, outs, inputs } = await kind(name).make(sample(name, { msTeamsWebhook: null }));
    acme.edit((state) => {
      const live = state.watchers.find((watcher) => String(watcher.id) === id);
      live?.alerts.push({ method: "ms_teams", ref: "https://example.com/hook/s3cret" });
    });
    const read = await kind(name).refresh(id, outs);
    expect(read.outs.msTeamsWebhook).toBe("https://example.com/hook/s3cret");
    // The engine would write it to the state in clear: it encrypts an input only where the recorded one was a secret.
    expect(read.inputs).not.toHaveProperty("msTeamsWebhook");
    expect((await kind(name).diff(id, read.outs, inputs)).changes).toBe(true);
  },
);

itHoldsFor(
  ["Watcher", "ThresholdWatcher"],
  "trap 9: a bad webhook of a kind is decided without its value",
  async ({ kind }, name) => {
    const { failures } = await kind(name).check(sample(name, { msTeamsWebhook: "http://example.com/s3cret" }));
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("msTeamsWebhook") }]);
    expect(JSON.stringify(failures)).not.toContain("s3cret");
  },
);

/** What the samples leave as it is by itself, so that no state has it. */
const isSpent = (key: string) => ["adopt", "fireTestAlertOnCreate", "undelete"].includes(key);

itHoldsFor(
  kinds,
  "trap 17: the outs of a kind are exactly the declared ones that are set after create, update and read",
  async ({ kind }, name) => {
    const resource = kind(name);
    const { id, inputs, outs } = await resource.make(sample(name));
    const declared = outputKeys(definitionOf(name))
      .filter((key) => !isSpent(key))
      .sort();
    expect(Object.keys(outs).sort()).toEqual(declared);
    expect(Object.keys(await resource.update(id, outs, inputs)).sort()).toEqual(declared);
    expect(Object.keys((await resource.refresh(id, outs)).outs).sort()).toEqual(declared);
  },
);

it("trap 18: a definition may return a frozen object that it keeps", async () => {
  const { fake } = await startFake();
  const expected = { action: "frozen", value: { deep: "frozen" } };
  expect((await fake.create({ action: "frozen" })).outs).toEqual(expected);
  expect(await fake.update("42", expected, { action: "frozen" })).toEqual(expected);
});

itHoldsFor(kinds, "trap 20: read of a kind returns the inputs too", async ({ kind }, name) => {
  const { id, inputs, outs } = await kind(name).make(sample(name));
  const read = await kind(name).refresh(id, outs);
  // What a preview said of the effect is an input that no program writes.
  const keys = Object.keys(read.inputs ?? {}).filter((key) => key !== "effect");
  const declared = inputKeys(definitionOf(name)).filter((key) => !isSpent(key));
  expect(keys.sort()).toEqual(declared.sort());
  expect(read.inputs).toEqual(inputs);
});

const text = fc.string({ minLength: 1, maxLength: 20 }).filter((value) => value.trim() !== "");
const list = <Item>(...items: Item[]) => fc.subarray(items).chain((some) => fc.shuffledSubarray(some));
const nullable = <Item>(arbitrary: fc.Arbitrary<Item>) => fc.option(arbitrary);
const watcher = {
  name: text,
  chips: fc.array(
    text.filter((chip) => !chip.includes(",")),
    { minLength: 1, maxLength: 4 },
  ),
  alert: fc.boolean(),
  emailUsers: list<string | number>("ana@acme.example", "BEN@acme.example", 103),
  smsUsers: list<string | number>(101, "chidi@acme.example"),
  slackChannel: fc.constantFrom("#ops-alerts", "checkout"),
  slackMentionUsers: list<string | number>("sam@acme.example", 101),
  msTeamsWebhook: nullable(fc.webUrl({ validSchemes: ["https"] })),
  expiration: fc.oneof(
    fc.integer({ min: 1, max: 500 }).map((minutes) => `${minutes}m`),
    fc.record({ value: fc.integer({ min: 1, max: 99 }), unit: fc.constantFrom("hour", "day", "week") }),
  ),
  summaryReport: nullable(
    fc.record({ frequency: fc.constantFrom("Daily-07:30", "monthly-31"), emailUsers: fc.constant([102]) }),
  ),
};
const people = nullable(list<string | number>("ana@acme.example", 103));
const arbitraries: Readonly<Record<string, fc.Arbitrary<Values>>> = {
  Watcher: fc.record(watcher),
  ThresholdWatcher: fc.record({
    ...watcher,
    threshold: fc.oneof(
      fc.record({
        condition: fc.constantFrom("greater_than", "less_than"),
        value: fc.oneof(
          fc.integer({ min: -1e9, max: 1e9 }),
          fc.integer().map((whole) => whole / 1000),
        ),
        times: fc.integer({ min: 1, max: 50 }),
      }),
      fc.record({
        condition: fc.constant("greater_than"),
        value: fc.integer(),
        function: fc.constantFrom("mean", "median"),
        functionSeconds: fc.integer({ min: 1, max: 7200 }),
      }),
      fc.record(
        {
          condition: fc.constant("drop_off_cliff"),
          minimumAvg: fc.integer({ min: 1, max: 1000 }),
          minimumAvgSeconds: fc.integer({ min: 1, max: 7200 }),
        },
        { requiredKeys: ["condition", "minimumAvg", "minimumAvgSeconds"] },
      ),
    ),
  }),
  Exclusion: fc.record({ type: fc.constant("skip_analysis"), pattern: text, note: nullable(text) }),
  AdminAlert: fc.record({
    alert: fc.constant("some-metrics-stopped"),
    enabled: fc.boolean(),
    emailUsers: people,
    smsUsers: people,
    slackChannel: nullable(fc.constantFrom("#general", "checkout")),
    waitSeconds: nullable(fc.integer({ min: 300, max: 9000 })),
  }),
  OrgSettings: fc.record({ name: nullable(text), timezone: nullable(fc.constantFrom("Asia/Tokyo", "UTC")) }),
  User: fc.record({
    email: fc.constant("Ben@acme.example"),
    name: nullable(text),
    phoneNumber: nullable(fc.constantFrom("+441632960999", "+15550100100")),
    slackMemberId: nullable(fc.constantFrom("U0ACME0009", "W0ACME0009")),
    emailAlerts: nullable(fc.boolean()),
  }),
};

/** Singletons are created once and then updated. */
async function write(resource: Kind, first: { id: string; outs: Values } | undefined, inputs: Values) {
  return first ? { id: first.id, outs: await resource.update(first.id, first.outs, inputs) } : resource.create(inputs);
}

itHoldsFor(
  kinds,
  "trap 19: a resource as it was just written does not differ from its inputs",
  async ({ kind }, name) => {
    const resource = kind(name);
    const single = ["AdminAlert", "OrgSettings", "User"].includes(name);
    let first: { id: string; outs: Values } | undefined;
    const property = fc.asyncProperty(arbitraries[name] ?? fc.constant({}), async (given) => {
      const { inputs, failures } = await resource.check(given);
      expect(failures).toEqual([]);
      const { id, outs } = await write(resource, first, inputs);
      if (single) first = { id, outs };
      expect(await resource.diff(id, outs, inputs)).toMatchObject({ changes: false, replaces: [] });
      expect((await resource.check(inputs)).inputs).toEqual(inputs);
      expect((await resource.refresh(id, outs)).outs).toEqual(outs);
    });
    await fc.assert(property, { seed: 20261124, numRuns: 50 });
  },
);
