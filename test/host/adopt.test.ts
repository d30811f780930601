import { describe, expect, it } from "vitest";
import { sample } from "./samples.ts";
import { startWorld } from "./world.ts";

const reasons = (failures: ReadonlyArray<{ property: string; reason: string }>) =>
  failures.map(({ property, reason }) => [property, reason]);

describe("adopt: a watcher", () => {
  it("by id: keeps the id, changes what differs, and sends no test alert", async () => {
    const { kind, acme, warnings, simulator } = await startWorld();
    const inputs = sample("Watcher", { name: "Renamed", adopt: "501", fireTestAlertOnCreate: true });
    const checked = await kind("Watcher").check(inputs);
    expect(checked.failures).toEqual([]);
    expect(await warnings.next(/adopts watcher 501/)).toMatch(/and changes its name, /);
    const { id, outs } = await kind("Watcher").create(checked.inputs);
    expect(id).toBe("501");
    expect(acme.watchers().find((live) => live.id === 501)).toMatchObject({ name: "Renamed", chips: ["cpu", "prod"] });
    expect(acme.testAlertsFired).toBe(0);
    expect(simulator.journal.entries().map(({ operation }) => operation)).not.toContain("createWatcher");
    expect((await kind("Watcher").diff(id, outs, checked.inputs)).changes).toBe(false);
    expect((await kind("Watcher").refresh(id, outs)).outs).toEqual(outs);
  });

  it("by name: takes the only one of that name and type, and is silent about it once it is in the state", async () => {
    const { kind, acme } = await startWorld();
    const [first, second] = acme.watchers().filter((live) => live.type === "anomaly" && !live.deleted);
    const name = String(second?.name);
    const inputs = sample("Watcher", { name, adopt: true });
    const { id } = await kind("Watcher").make(inputs);
    expect(id).toBe(String(second?.id));
    // A second watcher of the name would now be ambiguous, but this one has been adopted already.
    acme.edit((state) => {
      for (const live of state.watchers) if (live.id === first?.id) live.name = name;
    });
    expect((await kind("Watcher").check(inputs, inputs)).failures).toEqual([]);
  });

  it("by name: makes one when there is none, which the preview says", async () => {
    const { kind, warnings } = await startWorld();
    const { id } = await kind("Watcher").make(sample("Watcher", { name: "Brand new", adopt: true }));
    expect(id).toBe("504");
    await warnings.next(/there is no watcher to adopt, so one is made/);
  });

  it("refuses what is ambiguous, missing, deleted, of the other type, or no id, before anything is sent", async () => {
    const { kind, acme, simulator } = await startWorld();
    acme.edit((state) => {
      for (const live of state.watchers)
        Object.assign(live, { name: "Twin", type: "anomaly", deleted: live.id === 499 });
    });
    const table: Array<[adopt: unknown, kind: string, reason: RegExp]> = [
      [true, "Watcher", /3 objects fit, with the ids "501", "502", "503". Set adopt to the id of the right one/],
      ["9999", "Watcher", /there is no watcher 9999 in this organization/],
      ["499", "Watcher", /watcher 499 is deleted/],
      ["501", "ThresholdWatcher", /watcher 501 is of type anomaly, and ThresholdWatcher is of type threshold/],
      ["CPU", "Watcher", /must be the id of the object/],
    ];
    for (const [adopt, name, reason] of table) {
      const { failures } = await kind(name).check(sample(name, { name: "Twin", adopt }));
      expect(reasons(failures)).toEqual([["adopt", expect.stringMatching(reason)]]);
    }
    const { inputs } = await kind("Watcher").check(sample("Watcher", { name: "Twin", adopt: true }));
    await expect(kind("Watcher").create(inputs)).rejects.toThrow(/3 objects fit/);
    expect(simulator.journal.entries().filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("is refused to a second resource of the program", async () => {
    const { kind } = await startWorld();
    await kind("Watcher").make(sample("Watcher", { adopt: "501" }));
    const { inputs } = await kind("Watcher").check(sample("Watcher", { adopt: "502" }));
    await expect(kind("Watcher").create({ ...inputs, adopt: "501" })).rejects.toThrow(
      /another resource of this program has watcher 501 already/,
    );
  });

  it("survives the deletion of its former owner in the same run, and that alone", async () => {
    const { kind, acme } = await startWorld();
    const { id, outs } = await kind("Watcher").make(sample("Watcher", { adopt: "501" }));
    const deleted = () => acme.watchers().find((live) => live.id === 501)?.deleted;
    await kind("Watcher").delete(id, outs);
    expect(deleted()).toBe(false);
    await kind("Watcher").delete(id, outs);
    expect(deleted()).toBe(true);
  });
});

describe("adopt: an exclusion", () => {
  it("takes the equal one over without a write, by id and by what it excludes", async () => {
    for (const by of ["id", "name"] as const) {
      const { kind, acme, simulator } = await startWorld();
      const [live] = acme.exclusions();
      const { id, outs, inputs } = await kind("Exclusion").make({
        type: live?.type,
        pattern: live?.pattern,
        ...(live?.note ? { note: live.note } : {}),
        adopt: by === "id" ? live?.id : true,
      });
      expect(id).toBe(String(live?.id));
      expect((await kind("Exclusion").diff(id, outs, inputs)).changes).toBe(false);
      expect(simulator.journal.entries().filter(({ method }) => method !== "GET")).toEqual([]);
    }
  });

  it("refuses one that differs, since it cannot be changed", async () => {
    const { kind, acme } = await startWorld();
    const id = String(acme.exclusions()[0]?.id);
    const { failures } = await kind("Exclusion").check(sample("Exclusion", { pattern: "another", adopt: id }));
    expect(reasons(failures)).toEqual([["adopt", expect.stringContaining("no call to change an exclusion")]]);
  });
});
