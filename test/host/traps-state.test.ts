import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import * as dynamic from "../../provider/dynamic.ts";
import { withTexts } from "../../provider/hosts/core/normal-form.ts";
import type { HostProvider } from "../../provider/hosts/dynamic/adapter.ts";
import { providerText } from "../../provider/hosts/dynamic/provider-text.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { CallError, type Values } from "./harness.ts";
import { struct } from "./pulumi.ts";
import { kinds, sample } from "./samples.ts";
import { itHoldsFor, startWorld } from "./world.ts";

beforeAll(ensureBuilt);

describe("trap 4: the state of a half-made object", () => {
  async function halfMade() {
    const world = await startWorld();
    world.simulator.faults.add({ on: "updateWatcher", do: { kind: "status", status: 400, message: "No." } });
    const watcher = world.kind("Watcher");
    const { inputs } = await watcher.check(sample("Watcher", { name: "Old disk watcher", undelete: true }));
    const error: unknown = await watcher.create(inputs).catch((reason: unknown) => reason);
    const saved = error instanceof CallError ? error.saved : undefined;
    if (saved === undefined) throw new Error(`nothing was saved: ${String(error)}`);
    return { ...world, watcher, inputs, saved };
  }

  it("trap 4: it carries the provider text, the id and the reason", async () => {
    const { saved, textOf } = await halfMade();
    expect(saved).toMatchObject({ id: "499", properties: { watcherId: 499 } });
    expect(saved.properties.__provider).toBe(textOf("Watcher"));
    expect(saved.reasons).toEqual([expect.stringContaining("brought back with id 499, but not updated")]);
  });

  it("trap 4: the object can be deleted from it", async () => {
    const { host, acme, saved } = await halfMade();
    await host.call("delete", "DeleteRequest", { Id: saved.id, Properties: struct(saved.properties) });
    expect(acme.watchers().find(({ id }) => id === 499)).toMatchObject({ deleted: true });
  });

  it("trap 4: the next update finishes it", async () => {
    const { watcher, acme, inputs, saved } = await halfMade();
    const outs = await watcher.update(saved.id, saved.properties, inputs);
    expect((await watcher.diff(saved.id, outs, inputs)).changes).toBe(false);
    expect(acme.watchers().find(({ id }) => id === 499)).toMatchObject({ deleted: false, chips: ["cpu", "prod"] });
  });
});

it("trap 13: the adapter's answers have no stables and no detailed diff", () => {
  type Diff = Awaited<ReturnType<HostProvider["diff"]>>;
  expectTypeOf<keyof Diff>().toEqualTypeOf<"changes" | "replaces" | "deleteBeforeReplace">();
  type Create = Awaited<ReturnType<HostProvider["create"]>>;
  expectTypeOf<keyof Create>().toEqualTypeOf<"id" | "outs">();
});

it("trap 14: every kind of the catalog is there with all methods", () => {
  const methods = ["configure", "check", "diff", "create", "read", "update", "delete"].sort();
  expect(Object.keys(dynamic).sort()).toEqual(catalog.map(({ kind }) => kind).sort());
  for (const provider of Object.values(dynamic)) {
    expect(Object.keys(provider).sort()).toEqual(methods);
    for (const method of Object.values(provider)) expect(method).toBeTypeOf("function");
  }
});

itHoldsFor(
  kinds,
  "trap 14: the diff of a kind is a plain yes or no, and update keeps all outputs",
  async ({ kind }, name) => {
    const { id, inputs, outs } = await kind(name).make(sample(name));
    expect((await kind(name).diff(id, outs, inputs)).changes).toBe(false);
    const updated = await kind(name).update(id, outs, inputs);
    expect(Object.keys(updated).sort()).toEqual(Object.keys(outs).sort());
  },
);

itHoldsFor(kinds, "trap 15: get of a kind that does not exist fails and names it", async ({ kind }, name) => {
  await expect(kind(name).get("987654")).rejects.toThrow("987654");
});

it.each(kinds.filter((name) => !["OrgSettings"].includes(name)))(
  "trap 15: refresh of a %s that is gone answers an empty id",
  async (name) => {
    const { kind, nextRun, acme } = await startWorld();
    const { id, outs } = await kind(name).make(sample(name));
    acme.edit((state) => {
      state.watchers = [];
      state.exclusions = [];
      state.adminAlerts = [];
      state.users = state.users.filter(({ email }) => email !== "ben@acme.example");
    });
    expect(await (await nextRun()).kind(name).refresh(id, outs)).toMatchObject({ id: "", outs: {} });
  },
);

// Written out: each is part of the state of every user, and one changed byte is a change for all of them.
const GOLDEN: Readonly<Record<string, string>> = {
  Watcher:
    'exports.handler=()=>{try{return require("pulumi-anomify/dynamic").Watcher}catch(e){if(e&&e.code==="MODULE_NOT_FOUND")e.message+="\\nInstall pulumi-anomify next to this Pulumi program: resources in the stack state need it.";throw e}};',
  ThresholdWatcher:
    'exports.handler=()=>{try{return require("pulumi-anomify/dynamic").ThresholdWatcher}catch(e){if(e&&e.code==="MODULE_NOT_FOUND")e.message+="\\nInstall pulumi-anomify next to this Pulumi program: resources in the stack state need it.";throw e}};',
  Exclusion:
    'exports.handler=()=>{try{return require("pulumi-anomify/dynamic").Exclusion}catch(e){if(e&&e.code==="MODULE_NOT_FOUND")e.message+="\\nInstall pulumi-anomify next to this Pulumi program: resources in the stack state need it.";throw e}};',
  AdminAlert:
    'exports.handler=()=>{try{return require("pulumi-anomify/dynamic").AdminAlert}catch(e){if(e&&e.code==="MODULE_NOT_FOUND")e.message+="\\nInstall pulumi-anomify next to this Pulumi program: resources in the stack state need it.";throw e}};',
  OrgSettings:
    'exports.handler=()=>{try{return require("pulumi-anomify/dynamic").OrgSettings}catch(e){if(e&&e.code==="MODULE_NOT_FOUND")e.message+="\\nInstall pulumi-anomify next to this Pulumi program: resources in the stack state need it.";throw e}};',
  User: 'exports.handler=()=>{try{return require("pulumi-anomify/dynamic").User}catch(e){if(e&&e.code==="MODULE_NOT_FOUND")e.message+="\\nInstall pulumi-anomify next to this Pulumi program: resources in the stack state need it.";throw e}};',
};

it("trap 21: the provider text of each kind is what was released, byte by byte", () => {
  expect(Object.fromEntries(catalog.map(({ kind }) => [kind, providerText(kind)]))).toEqual(GOLDEN);
});

interface Recorded {
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
}
const released = JSON.parse(readFileSync(new URL("states/0.1.0.json", import.meta.url), "utf8")) as Record<
  string,
  Recorded
>;

it("trap 22: the recorded state of 0.1.0 has one resource of each kind", () => {
  expect(Object.keys(released).sort()).toEqual([...kinds].sort());
});

itHoldsFor(Object.keys(released), "trap 22: state of 0.1.0 still works", async ({ kind, host }, name) => {
  const { id, inputs, outputs } = released[name] as Recorded;
  const checked = await kind(name).check(inputs);
  expect(checked.failures).toEqual([]);
  expect((await kind(name).diff(id, outputs, checked.inputs)).changes).toBe(false);
  const read = await host.call("read", "ReadRequest", { Id: id, Properties: struct(outputs), Inputs: struct(inputs) });
  expect(read.getId?.()).toBe(id);
  await host.call("delete", "DeleteRequest", { Id: id, Properties: struct(outputs) });
});

it("a record without the provider text, as a native plugin leaves it, is an update: what comes later could not load it", async () => {
  const world = await startWorld();
  const { id, inputs, outs } = await world.kind("Exclusion").make(sample("Exclusion"));
  const text = { __provider: providerText("Exclusion") };
  const changes = async (olds: Values) => {
    const fields = { Id: id, Olds: struct(olds), News: struct({ ...inputs, ...text }) };
    return (await world.host.call("diff", "DiffRequest", fields)).getChanges?.();
  };
  const [same, different] = [1, 2];
  expect(await changes({ ...outs, ...text })).toBe(same);
  expect(await changes(outs)).toBe(different);
});

itHoldsFor(
  kinds,
  "the update of a record that a native plugin left sends nothing where nothing differs",
  async ({ kind, host, simulator }, name) => {
    const { id, inputs, outs } = await kind(name).make(sample(name));
    const text = { __provider: providerText(name) };
    const writes = simulator.journal.writes().length;
    const recorded = withTexts(
      Object.fromEntries(Object.entries(outs).filter(([, value]) => value !== null)),
    ) as Values;
    const updated = await host.call("update", "UpdateRequest", {
      Id: id,
      Olds: struct(recorded),
      News: struct({ ...inputs, ...text }),
    });
    const properties = updated.getProperties?.() as { toJavaScript(): Values };
    expect(properties.toJavaScript()).toEqual({ ...outs, ...text });
    expect(simulator.journal.writes().length).toBe(writes);
  },
);
