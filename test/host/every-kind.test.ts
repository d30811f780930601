import { expect, it } from "vitest";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

it.each([
  { kind: "Watcher", on: "deleteWatcher", more: {} },
  { kind: "ThresholdWatcher", on: "deleteWatcher", more: {} },
  { kind: "Exclusion", on: "deleteExclusion", more: {} },
  { kind: "User", on: "deleteUser", more: { onDelete: "remove" } },
])("$kind: a 404 page of something in between does not count as deleted", async ({ kind, on, more }) => {
  const world = await startWorld();
  const { id, outs } = await world.kind(kind).make({ ...sample(kind), ...more });
  world.simulator.faults.add({ on, do: { kind: "html", status: 404 } });
  await expect(world.kind(kind).delete(id, outs)).rejects.toThrow(/404/);
  await world.kind(kind).delete(id, outs);
});

it.each([
  { kind: "AdminAlert", list: "listAdminAlerts" },
  { kind: "OrgSettings", list: "getOrg" },
  { kind: "User", list: "listUsers" },
])("$kind: a list from before the last write keeps the record and warns", async ({ kind, list }) => {
  let now = 1_790_000_000;
  const world = await startWorld({ clock: () => now });
  world.simulator.cache.set(3600, list);
  const { id, outs } = await world.kind(kind).make(sample(kind));
  now += 60;
  const refreshed = await (await world.nextRun()).kind(kind).refresh(id, outs);
  expect(refreshed).toMatchObject({ id, outs });
  await world.warnings.next(/The record is kept/);
});

it("a claim of an undeletion that failed is given back: the next try in the same process works", async () => {
  const { kind, acme, simulator } = await startWorld();
  const inputs = { name: "Old disk watcher", chips: ["disk"], undelete: true };
  simulator.faults.add({ on: "undeleteWatcher", do: { kind: "status", status: 403 } });
  await expect(kind("Watcher").make(inputs)).rejects.toThrow(/403/);
  expect((await kind("Watcher").make(inputs)).id).toBe("499");
  expect(acme.watchers().filter(({ name, deleted }) => name === inputs.name && !deleted)).toHaveLength(1);
});
