import fc from "fast-check";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, it, onTestFinished } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { ProviderProcess } from "../../provider/hosts/core/provider-process.ts";
import { adapt } from "../../provider/hosts/dynamic/adapter.ts";
import { checkOffline } from "../../provider/runtime/check.ts";
import type { Definition, Values } from "../../provider/runtime/definition.ts";
import { sample } from "../host/samples.ts";
import states from "../host/states/0.1.0.json" with { type: "json" };
import { beyondJson, expectPrintable, json, mutated, outcome, runs, SECRET } from "./values.ts";

const definitions = catalog as readonly unknown[] as readonly Definition[];
const byKind = new Map(definitions.map((one) => [one.kind, one]));
const definitionOf = (kind: string) => byKind.get(kind) as Definition;
const definition = fc.constantFrom(...definitions);
const inputsOf = (from: Definition, values = beyondJson) =>
  fc.oneof({ weight: 8, arbitrary: mutated(fc.constant(sample(from.kind)), values) }, { weight: 1, arbitrary: values });
const object = (value: unknown): Values =>
  typeof value === "object" && value !== null ? (value as Values) : { name: value };

const inputsOfAny = (values: fc.Arbitrary<unknown>) =>
  fc.oneof(
    ...definitions.map((from) => inputsOf(from, values).map((value) => ({ kind: from.kind, value: object(value) }))),
  );

async function stage() {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.stop());
  const settings: Record<string, string> = {
    "anomify:endpoint": simulator.url,
    "anomify:token": simulator.organization("acme").token,
  };
  const session = new ProviderProcess(() => undefined);
  const kinds = new Map(definitions.map((one) => [one.kind, adapt(one, session)] as const));
  for (const kind of kinds.values()) await kind.configure({ config: { get: (key) => settings[key] } });
  return { simulator, kind: (name: string) => kinds.get(name) as ReturnType<typeof adapt> };
}

/** What the states of released versions have of a kind, and what a program declares. */
const recorded = (kind: string): Values[] => {
  const known = Object.entries(states as Record<string, { outputs?: Values }>).filter(([name]) =>
    name.startsWith(kind),
  );
  return [sample(kind), ...known.map(([, state]) => state.outputs ?? {})];
};
const old = fc.oneof(
  ...definitions.map(({ kind }) =>
    mutated(fc.constantFrom(...recorded(kind)), json).map((outs) => ({ name: kind, outs: object(outs) })),
  ),
);
const ids = fc.constantFrom("1", "", "0", "x", "__proto__", "pending:watcher:1", "1e3", "501");

const expectFailuresPrintable = (failures: ReadonlyArray<{ property: string; reason: string }>) => {
  for (const { property, reason } of failures) {
    expectPrintable(property, "property");
    expectPrintable(reason, "reason");
    expect(reason).not.toBe("");
  }
};

it("check without an organization judges anything, and what it accepts is in normal form", async () => {
  const inputs = inputsOfAny(beyondJson);
  await fc.assert(
    fc.asyncProperty(inputs, async ({ kind, value }) => {
      const { result } = await outcome("check", () => checkOffline(definitionOf(kind), value));
      expect(result, "check must judge, not throw").toBeDefined();
      expectFailuresPrintable(result?.failures ?? []);
      if (result?.failures.length !== 0) return;
      expect(checkOffline(definitionOf(kind), result.inputs)).toEqual({ inputs: result.inputs, failures: [] });
    }),
    runs(0.3),
  );
});

it("the value of a secret property is in no failure of its check", async () => {
  const inputs = definition.chain((from) =>
    fc.tuple(inputsOf(from), fc.constantFrom(...(from.secret ?? ["name"]))).map(([value, name]) => ({
      kind: from.kind,
      value: from.secret === undefined ? object(value) : { ...object(value), [name]: `${SECRET} ` },
    })),
  );
  await fc.assert(
    fc.asyncProperty(inputs, async ({ kind, value }) => {
      const { result } = await outcome("check of secrets", () => checkOffline(definitionOf(kind), value));
      expectFailuresPrintable(result?.failures ?? []);
    }),
    runs(0.05),
  );
});

it("check with an organization writes nothing", async () => {
  const { simulator, kind } = await stage();
  const inputs = inputsOfAny(json);
  await fc.assert(
    fc.asyncProperty(inputs, fc.boolean(), async ({ kind: name, value }, exists) => {
      const olds = exists ? sample(name) : {};
      const { result } = await outcome("check by the adapter", () => kind(name).check(olds, value));
      expectFailuresPrintable(result?.failures ?? []);
    }),
    runs(0.05),
  );
  expect(simulator.journal.writes()).toEqual([]);
});

it("a recorded state of whatever form is compared, read or refused in words, and nothing is written", async () => {
  const { simulator, kind } = await stage();
  await fc.assert(
    fc.asyncProperty(old, ids, async ({ name, outs }, id) => {
      const adapter = kind(name);
      const { inputs } = await adapter.check({}, sample(name));
      const { result } = await outcome("diff of old states", () => adapter.diff(id, outs, inputs));
      if (result) expect(typeof result.changes).toBe("boolean");
      await outcome("read of old states", () => adapter.read(id, outs));
    }),
    runs(0.05),
  );
  expect(simulator.journal.writes()).toEqual([]);
});

it("update and delete of a recorded state of whatever form do their work, or are refused in words", async () => {
  const { kind } = await stage();
  await fc.assert(
    fc.asyncProperty(
      old,
      ids,
      fc.constantFrom("release", "restore", "remove"),
      async ({ name, outs }, id, onDelete) => {
        const adapter = kind(name);
        const { inputs } = await adapter.check({}, sample(name));
        await outcome("update of old states", () => adapter.update(id, outs, inputs));
        await outcome("delete of old states", () => adapter.delete(id, { ...outs, onDelete }));
      },
    ),
    runs(0.03),
  );
});
