import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { checkOffline } from "../../provider/runtime/check.ts";
import { inputKeys, type Values } from "../../provider/runtime/definition.ts";
import { complete, lean, withDefaults } from "../../provider/runtime/record.ts";
import { samples } from "../host/samples.ts";

/** Some of the inputs of a sample, some of them explicitly unset, in normal form. */
const inputsOfKind = (kind: string): fc.Arbitrary<Values> => {
  const definition = catalog.find((one) => one.kind === kind);
  if (definition === undefined) throw new Error(`no kind ${kind}`);
  const sample = samples[kind] ?? {};
  const given = fc.record(
    Object.fromEntries(
      Object.entries(sample).map(([key, value]) => [key, fc.constantFrom(value, value, null, undefined)]),
    ),
    { requiredKeys: [] },
  );
  return given.map((some) => checkOffline(definition, some).inputs);
};

describe.each(catalog.map((definition) => ({ kind: definition.kind, definition })))("$kind", ({ kind, definition }) => {
  test("what a state leaves out comes back as it was", () => {
    fc.assert(
      fc.property(inputsOfKind(kind), (inputs) => {
        expect(withDefaults(definition, lean(definition, inputs))).toEqual(inputs);
      }),
    );
  });

  test("what an earlier release recorded is not removed from inputs, except for nulls", () => {
    fc.assert(
      fc.property(inputsOfKind(kind), (inputs) => {
        const kept = lean(definition, inputs, inputs);
        for (const [key, value] of Object.entries(inputs)) if (value !== null) expect(kept).toHaveProperty(key);
      }),
    );
  });

  test("no null is recorded of an object that the program makes; one that exists anyway keeps what is not managed", () => {
    fc.assert(
      fc.property(inputsOfKind(kind), (inputs) => {
        const recorded = lean(definition, complete(definition, inputs, { organization: "Acme (1)", lastWrite: 1 }));
        const nulls = inputKeys(definition).filter((key) => recorded[key] === null);
        if (definition.alwaysExists) {
          expect(nulls).toEqual(inputKeys(definition).filter((key) => (inputs[key] ?? null) === null));
        } else expect(nulls).toEqual([]);
      }),
    );
  });
});

test("a default that is not null is never mistaken for one that was cleared", () => {
  const watcher = catalog.find(({ kind }) => kind === "Watcher");
  if (watcher === undefined) throw new Error("no Watcher");
  // A service may answer that a watcher has no expiration, where the default of the input is an hour.
  expect(lean(watcher, { expiration: null })).toEqual({ expiration: null });
});
