import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import type { Values } from "./harness.ts";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The sample as Anomify has it. */
const { adopt: _adopt, maxMetrics: _most, until: _until, ...wire } = sample("Exclusion");

it("check trims, and reports all mistakes at once", async () => {
  const { kind } = await startWorld();
  const good = await kind("Exclusion").check({ type: " skip_analysis ", pattern: " x " });
  const effect = "leaves out no metric";
  // What is not set is not recorded.
  expect(good).toEqual({ inputs: { type: "skip_analysis", pattern: "x", effect }, failures: [] });
  const { failures } = await kind("Exclusion").check({ pattern: " ", note: 7, patern: "x", until: "2026-02-30" });
  expect(failures.map(({ property }) => property).sort()).toEqual(["note", "patern", "pattern", "type", "until"]);
});

it("check warns of a type that Anomify does not list, with near misses", async () => {
  const { kind, warnings } = await startWorld();
  expect((await kind("Exclusion").check({ type: "skip_analysys", pattern: "x" })).failures).toEqual([]);
  expect(await warnings.next(/skip_analysys/)).toContain('Did you mean "skip_analysis"?');
});

it("every change replaces it, the new one first", async () => {
  const { kind } = await startWorld();
  const { inputs } = await kind("Exclusion").check(sample("Exclusion"));
  const table: Values[] = [{ type: "no_learning" }, { pattern: "y" }, { note: null }, { note: UNKNOWN }];
  for (const changes of table) {
    const found = await kind("Exclusion").diff("31", inputs, { ...inputs, ...changes });
    expect(found).toEqual({ changes: true, replaces: Object.keys(changes), deleteBeforeReplace: false });
  }
  expect(await kind("Exclusion").diff("31", inputs, inputs)).toMatchObject({ changes: false, replaces: [] });
});

it("create, read, delete; deleting again counts as done", async () => {
  const { kind, acme } = await startWorld();
  const exclusion = kind("Exclusion");
  const { id, outs } = await exclusion.make(sample("Exclusion"));
  expect(acme.exclusions().find((live) => String(live.id) === id)).toMatchObject(wire);
  expect(await exclusion.refresh(id, outs)).toMatchObject({ id, outs });
  await exclusion.delete(id, outs);
  expect(acme.exclusions().map((live) => String(live.id))).not.toContain(id);
  await exclusion.delete(id, outs);
});

it("two that look the same are two objects", async () => {
  const { kind, acme } = await startWorld();
  const made = await Promise.all([
    kind("Exclusion").make(sample("Exclusion")),
    kind("Exclusion").make(sample("Exclusion")),
  ]);
  expect(new Set(made.map(({ id }) => id)).size).toBe(2);
  expect(acme.exclusions()).toHaveLength(4);
});

it("drift is seen, and what was deleted outside is made again", async () => {
  const { kind, acme, nextRun } = await startWorld();
  const { id, inputs, outs } = await kind("Exclusion").make(sample("Exclusion"));
  acme.edit((state) => {
    for (const live of state.exclusions) live.note = "changed";
  });
  const drifted = await (await nextRun()).kind("Exclusion").refresh(id, outs);
  expect(drifted.outs.note).toBe("changed");
  acme.edit((state) => {
    state.exclusions = [];
  });
  const exclusion = (await nextRun()).kind("Exclusion");
  expect((await exclusion.refresh(id, outs)).id).toBe("");
  await exclusion.create(inputs);
  expect(acme.exclusions()).toMatchObject([wire]);
});

it("a create whose reply is lost finds its object and is sent once", async () => {
  const { kind, acme, simulator } = await startWorld();
  simulator.faults.add({ on: "addExclusion", do: { kind: "drop", when: "after" } });
  const { id } = await kind("Exclusion").make(sample("Exclusion"));
  expect(simulator.journal.writes()).toHaveLength(1);
  expect(
    acme
      .exclusions()
      .filter(({ pattern }) => pattern === "staging.web2")
      .map((live) => String(live.id)),
  ).toEqual([id]);
});

it("a create that certainly did not arrive says so, and was sent once", async () => {
  const { kind, acme, simulator } = await startWorld();
  simulator.faults.add({ on: "addExclusion", times: 9, do: { kind: "drop", when: "before" } });
  await expect(kind("Exclusion").make(sample("Exclusion"))).rejects.toThrow(/not created: .*Run pulumi up again/s);
  expect(simulator.journal.writes()).toHaveLength(1);
  expect(acme.exclusions()).toHaveLength(2);
});

it("a list from before the last write keeps the record and warns", async () => {
  let now = 1_790_000_000;
  const { kind, acme, simulator, warnings, nextRun } = await startWorld({ clock: () => now });
  simulator.cache.set(3600, "listExclusions");
  const { id, outs } = await kind("Exclusion").make(sample("Exclusion"));
  now += 60;
  acme.edit((state) => {
    state.exclusions = [];
  });
  expect(await (await nextRun()).kind("Exclusion").refresh(id, outs)).toMatchObject({ id, outs });
  await warnings.next(/The record is kept/);
});
