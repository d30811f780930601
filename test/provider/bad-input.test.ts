import { expect, test } from "vitest";
import { diagnose } from "../../domain/diagnostics/index.ts";
import { didYouMean } from "../../domain/text/did-you-mean.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import { orgSettings } from "../../provider/resources/org-settings/index.ts";
import { samePeople } from "../../provider/resources/people.ts";
import { checkOffline } from "../../provider/runtime/check.ts";
import type { Definition, Values } from "../../provider/runtime/definition.ts";
import { parseState } from "../../provider/stack/read-state.ts";

// What test/fuzz has found.
const definition = orgSettings as unknown as Definition;
const check = (inputs: Values) => checkOffline(definition, inputs);

test("an object whose length cannot be compared is refused like any other wrong value", () => {
  expect(check({ name: { length: [{ toString: null }] } })).toMatchObject({
    inputs: { name: null },
    failures: [{ property: "name", reason: "OrgSettings, name: has a form that no input has" }],
  });
});

test("what is nested too deeply is refused before anything goes down into it", () => {
  let deep: unknown = "x";
  for (let level = 0; level < 100_000; level += 1) deep = { a: deep };
  expect(check({ name: deep }).failures).toEqual([
    { property: "name", reason: "OrgSettings, name: is nested more than 50 levels deep" },
  ]);
});

test.each([Number.POSITIVE_INFINITY, Number.NaN, 10n, Symbol("s"), () => 1, new Map()])(
  "a value that the wire cannot carry is refused and not passed on: %s",
  (value) => {
    const { inputs, failures } = check({ name: value });
    expect(failures).not.toEqual([]);
    expect(inputs.name).toBeNull();
  },
);

test("a name in a message is cut to a bearable length", () => {
  const label = definition.label({ name: "x".repeat(100_000) });
  expect(label.length).toBeLessThan(300);
});

test("an output that is nested too deeply cannot be read", () => {
  const deep = `${"[".repeat(50_000)}1${"]".repeat(50_000)}`;
  const type = typeToken("Watcher");
  const state = (outputs: string) =>
    `{"version":3,"deployment":{"resources":[{"urn":"a::b::c::d","type":"${type}","id":"1","outputs":${outputs}}]}}`;
  expect(parseState(state(`{"name":${deep},"alert":true}`), "it").resources).toMatchObject([
    { outputs: { alert: true }, unreadable: ["name"] },
  ]);
});

test("the health of a watcher whose state has values of other types is judged by the rest", () => {
  const inputs = {
    alert: true,
    emailUsers: [[]],
    slackChannel: 1,
    chips: {},
    msTeamsWebhook: [],
    summaryReport: "weekly",
  };
  const facts = { people: [], channels: ["ops-alerts"], matched: () => ({ count: 0, estimate: false }) };
  expect(diagnose([{ kind: "Watcher", role: "watcher", label: "Watcher", inputs }], facts)).toEqual([]);
});

test("nothing is suggested in place of a text that is longer than any name", () => {
  expect(didYouMean("x".repeat(500), ["x".repeat(499)])).toBe("");
});

test("lists of people with something in them that is nobody are not the same", async () => {
  const organization = { users: () => Promise.resolve({ items: [] }) } as unknown as Organization;
  expect(await samePeople(organization, [0, { toString: null }], [0])).toBe(false);
});
