import { beforeAll, describe, expect, it } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { UNKNOWN } from "../../provider/runtime/unknowns.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { CallError, type Kind, type Values } from "../host/harness.ts";
import { sample, samples } from "../host/samples.ts";
import { startWorld, type World } from "../host/world.ts";
import { type State, up } from "../reliability/driver.ts";
import { type Slot, slots } from "../reliability/slots.ts";
import { startPluginWorld } from "./world.ts";

// What an engine may rely on, whichever host carries its questions: one table, every kind, both hosts.

beforeAll(ensureBuilt);

/** What both worlds have. */
interface HostWorld extends Pick<World, "simulator" | "acme" | "warnings" | "kind"> {
  nextRun(): Promise<{ kind(name: string): Kind }>;
}

type WorldOptions = Parameters<typeof startWorld>[0];

const hosts: Readonly<Record<string, (options?: WorldOptions) => Promise<HostWorld>>> = {
  "dynamic provider": startWorld,
  "native plugin": async (options) => {
    const { plugin, ...world } = await startPluginWorld(options);
    return { ...world, kind: (name) => plugin.kind(name) };
  },
};

const cases = Object.keys(hosts).flatMap((host) =>
  catalog.map(({ kind }) => ({ host, kind, slot: slots.find((candidate) => candidate.kind === kind) as Slot })),
);
const start = (host: string, options?: WorldOptions) => (hosts[host] as (typeof hosts)[string])(options);

/** What is set: one host says null where the other says nothing. */
const present = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** Everything but the time of the last write, which a second one changes. */
const timeless = ({ lastWrite: _time, ...values }: Values): Values => present(values);

async function checked(kind: Kind, inputs: Values): Promise<Values> {
  const { inputs: normal, failures } = await kind.check(inputs);
  expect(failures).toEqual([]);
  return normal;
}

it("each kind has a slot", () => {
  expect(cases.filter(({ slot }) => slot === undefined)).toEqual([]);
  expect(cases).toHaveLength(2 * catalog.length);
});

describe.each(cases)("$host, $kind", ({ host, kind: name, slot }) => {
  it("what was made is as wanted, as recorded and as read", async () => {
    const { kind, acme, nextRun } = await start(host);
    const { id, inputs, outs } = await kind(name).make(slot.inputs(1));
    expect(slot.live(acme)).toEqual([1]);
    expect(slot.markOf(outs)).toBe(1);
    expect(present(outs)).toMatchObject(present(inputs));
    expect(await kind(name).diff(id, outs, inputs)).toMatchObject({ changes: false, replaces: [] });
    const later = (await nextRun()).kind(name);
    const read = await later.refresh(id, outs);
    expect({ id: read.id, outs: read.outs, inputs: present(read.inputs ?? {}) }).toEqual({
      id,
      outs,
      inputs: present(inputs),
    });
    const again = await later.check(slot.inputs(1), inputs);
    expect({ ...again, inputs: present(again.inputs) }).toEqual({ failures: [], inputs: present(inputs) });
  });

  it("a change is made, in place or by a replacement", async () => {
    const { kind, acme } = await start(host);
    const { id, outs } = await kind(name).make(slot.inputs(1));
    const state: State = { current: { id, outs }, old: undefined };
    expect(await up(kind(name), state, await checked(kind(name), slot.inputs(2)))).toBeUndefined();
    expect(slot.live(acme)).toEqual([2]);
    expect(slot.markOf(state.current?.outs ?? {})).toBe(2);
  });

  it("what was changed outside shows in a refresh, and is repaired", async () => {
    const { kind, acme, nextRun } = await start(host);
    const { id, inputs, outs } = await kind(name).make(slot.inputs(1));
    slot.edit(acme, 7);
    const later = (await nextRun()).kind(name);
    const read = await later.refresh(id, outs);
    expect([slot.markOf(read.outs), slot.markOf(read.inputs ?? {})]).toEqual([7, 7]);
    const state: State = { current: { id, outs: read.outs }, old: undefined };
    expect(await up(later, state, inputs)).toBeUndefined();
    expect(slot.live(acme)).toEqual([1]);
    expect(timeless(state.current?.outs ?? {})).toMatchObject(present(inputs));
  });

  it.skipIf(slot.remove === undefined)("what was deleted outside is gone in a refresh, and is made again", async () => {
    const { kind, acme, nextRun } = await start(host);
    const { id, inputs, outs } = await kind(name).make(slot.inputs(1));
    slot.remove?.(acme);
    const later = (await nextRun()).kind(name);
    expect(await later.refresh(id, outs)).toMatchObject({ id: "", outs: {} });
    const made = await later.create(inputs);
    expect(made.id).not.toBe(id);
    expect(slot.live(acme)).toEqual([1]);
  });

  it("what is deleted is gone, or released, and a second delete does nothing", async () => {
    const { kind, acme } = await start(host);
    const { id, outs } = await kind(name).make(slot.inputs(1));
    await kind(name).delete(id, outs);
    await kind(name).delete(id, outs);
    expect(slot.live(acme)).toEqual(slot.isReleased ? [1] : []);
  });

  it("a value that is not known yet passes check, and is a change", async () => {
    const { kind } = await start(host);
    const { id, inputs, outs } = await kind(name).make(sample(name));
    const uncompared = catalog.find((definition) => definition.kind === name)?.createOnly ?? [];
    for (const key of Object.keys(samples[name] ?? {})) {
      const later = await kind(name).check(sample(name, { [key]: UNKNOWN }), inputs);
      expect(later.failures, key).toEqual([]);
      expect(later.inputs[key], key).toBe(UNKNOWN);
      expect((await kind(name).diff(id, outs, later.inputs)).changes, key).toBe(!uncompared.includes(key));
    }
  });

  it("mistakes are found all at once, each with its property", async () => {
    const { kind, simulator } = await start(host);
    const keys = Object.keys(samples[name] ?? {});
    const wrong = Object.fromEntries(keys.map((key) => [key, { no: "such value" }]));
    const { failures } = await kind(name).check({ ...wrong, nmae: "x" });
    const secrets = catalog.find((definition) => definition.kind === name)?.secret ?? [];
    for (const key of [...keys.filter((one) => !secrets.includes(one)), "nmae"]) {
      expect(
        failures.some(({ property }) => property.startsWith(key)),
        key,
      ).toBe(true);
    }
    for (const { reason } of failures) expect(reason).toMatch(new RegExp(`^${name}`));
    expect(simulator.journal.writes()).toEqual([]);
  });

  it("a refused write changes nothing, and its error names the resource and the request", async () => {
    const { kind, simulator, acme } = await start(host);
    const before = slot.live(acme);
    const inputs = await checked(kind(name), slot.inputs(1));
    const refusal = { kind: "status", status: 400, message: "No." } as const;
    simulator.faults.add({ on: operationOf(name), do: refusal });
    const error = await kind(name)
      .create(inputs)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CallError);
    expect((error as CallError).saved).toBeUndefined();
    expect((error as CallError).message).toMatch(new RegExp(`^${name}.*400: No`, "s"));
    expect(slot.live(acme)).toEqual(before);
    await kind(name).create(inputs);
    expect(slot.live(acme)).toEqual([1]);
  });

  it("a write whose reply is lost is looked into, or sent again where that is safe: one object, as wanted", async () => {
    const { kind, simulator, acme } = await start(host);
    const inputs = await checked(kind(name), slot.inputs(1));
    simulator.faults.add({ on: operationOf(name), do: { kind: "drop", when: "after" } });
    const { id, outs } = await kind(name).create(inputs);
    expect(slot.live(acme)).toEqual([1]);
    expect((await kind(name).diff(id, outs, inputs)).changes).toBe(false);
    const isOnce = catalog.find((definition) => definition.kind === name)?.createOnce !== undefined;
    if (isOnce) expect(simulator.journal.writes()).toHaveLength(1);
  });

  it("a credential of nobody fails in words that do not have it", async () => {
    const token = "f".repeat(32);
    const { kind } = await start(host, { config: { "anomify:token": token } });
    const error = await kind(name)
      .create(slot.inputs(1))
      .catch((reason: unknown) => reason);
    expect((error as CallError).message).toMatch(/401/);
    expect((error as CallError).message).not.toContain(token);
  });
});

const created = catalog.filter(({ createOnce }) => createOnce !== undefined).map(({ kind }) => kind);
const createdCases = cases.filter(({ kind }) => created.includes(kind));

describe.each(createdCases)("$host, $kind", ({ host, kind: name, slot }) => {
  it("a create that nobody can decide about is recorded as pending, and the next update settles it", async () => {
    const { kind, simulator, acme, nextRun } = await start(host, {
      config: { "anomify:retries": "0", "anomify:timeoutSeconds": "4" },
    });
    const inputs = await checked(kind(name), slot.inputs(1));
    simulator.faults.add({ on: operationOf(name), do: { kind: "drop", when: "after" } });
    simulator.faults.add({ on: "*", skip: 1, times: Number.POSITIVE_INFINITY, do: { kind: "drop", when: "before" } });
    const error = (await kind(name)
      .create(inputs)
      .catch((reason: unknown) => reason)) as CallError;
    const { __provider: _text, ...saved } = error.saved?.properties ?? {};
    expect({ id: error.saved?.id, saved }).toMatchObject({
      id: expect.stringMatching(/^pending:/),
      saved: { pending: expect.anything() },
    });
    simulator.faults.clear();
    const id = String(error.saved?.id);
    const later = (await nextRun()).kind(name);
    expect((await later.diff(id, saved, inputs)).changes).toBe(true);
    const outs = await later.update(id, saved, inputs);
    expect(outs).not.toHaveProperty("pending");
    expect(slot.live(acme)).toEqual([1]);
    const read = await later.refresh(id, outs);
    expect(read.id).toMatch(/^\d+$/);
  });

  it("what exists is adopted by id, and not made a second time", async () => {
    const { kind, acme, nextRun } = await start(host);
    const made = await kind(name).make(slot.inputs(1));
    const later = (await nextRun()).kind(name);
    const inputs = await checked(later, { ...slot.inputs(1), adopt: made.id });
    const adopted = await later.create(inputs);
    expect(adopted.id).toBe(made.id);
    expect(slot.live(acme)).toEqual([1]);
    expect((await later.diff(adopted.id, adopted.outs, inputs)).changes).toBe(false);
  });
});

/** The write that makes an object of a kind, in the contract's words. */
function operationOf(kind: string): string {
  const operations: Readonly<Record<string, string>> = {
    Watcher: "createWatcher",
    ThresholdWatcher: "createThresholdWatcher",
    Exclusion: "addExclusion",
    AdminAlert: "updateAdminAlerts",
    OrgSettings: "updateOrg",
    User: "updateUser",
  };
  return operations[kind] ?? "*";
}
