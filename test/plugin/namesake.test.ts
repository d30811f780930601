import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import type { Kind, Values } from "../host/harness.ts";
import { startWorld, type World } from "../host/world.ts";
import { startPluginWorld } from "./world.ts";

// An object that is live and not in the state would be doubled: a preview says so, and never refuses it.

beforeAll(ensureBuilt);

type NamesakeWorld = Pick<World, "acme" | "warnings" | "simulator"> & { kind(name: string): Kind };
type Start = (config?: Values) => Promise<NamesakeWorld>;

const hosts: Readonly<Record<string, Start>> = {
  "dynamic provider": async (config = {}) => await startWorld({ config }),
  "native plugin": async (config = {}) => {
    const { plugin, ...world } = await startPluginWorld({ config });
    return { ...world, kind: (name) => plugin.kind(name) };
  },
};

const emailUsers = ["ana@acme.example"];
const said = ({ warnings }: NamesakeWorld): string[] => warnings.seen.filter((text) => /already \(id/.test(text));

/** What the organization has, as a program would declare it anew. */
const declared: Readonly<Record<string, (world: NamesakeWorld) => { id: number; inputs: Values }>> = {
  Watcher: ({ acme }) => {
    const live = acme.watchers().find(({ type, deleted }) => type === "anomaly" && !deleted);
    return { id: live?.id ?? 0, inputs: { name: live?.name, chips: ["cpu"], emailUsers } };
  },
  ThresholdWatcher: ({ acme }) => {
    const live = acme.watchers().find(({ type, deleted }) => type === "threshold" && !deleted);
    const threshold = { condition: "greater_than", value: 5 };
    return { id: live?.id ?? 0, inputs: { name: live?.name, chips: ["queue"], emailUsers, threshold } };
  },
  Exclusion: ({ acme }) => {
    const [live] = acme.exclusions();
    return { id: live?.id ?? 0, inputs: { type: live?.type, pattern: live?.pattern, note: live?.note || null } };
  },
};

describe.each(Object.entries(hosts))("%s", (_host, start) => {
  it.each(Object.keys(declared))(
    "%s: a preview names the live one and the way to adopt it, also with strict",
    async (name) => {
      for (const strict of ["false", "true"]) {
        const world = await start({ "anomify:strict": strict });
        const { id, inputs } = declared[name]?.(world) ?? { id: 0, inputs: {} };
        const { failures } = await world.kind(name).check(inputs);
        expect(failures.filter(({ reason }) => /already/.test(reason))).toEqual([]);
        expect(said(world)).toHaveLength(1);
        expect(said(world)[0]).toMatch(new RegExp(`already \\(id ${id}\\).*set adopt: "${id}".*option aliases`));
      }
    },
  );

  it.each(Object.keys(declared))(
    "%s: nothing is said of one that the state has, is adopted, or cannot be asked for",
    async (name) => {
      const world = await start();
      const { id, inputs } = declared[name]?.(world) ?? { id: 0, inputs: {} };
      const { inputs: adopted } = await world.kind(name).check({ ...inputs, adopt: String(id) });
      await world.kind(name).check(inputs, adopted);
      const later = await start();
      later.simulator.faults.add({
        on: name === "Exclusion" ? "listExclusions" : "listWatchers",
        do: { kind: "status", status: 403 },
      });
      await later.kind(name).check(declared[name]?.(later).inputs ?? {});
      expect([...said(world), ...said(later)]).toEqual([]);
    },
  );

  it("a watcher of the same name and another type is another one", async () => {
    const world = await start();
    const live = world.acme.watchers().find(({ type, deleted }) => type === "threshold" && !deleted);
    await world.kind("Watcher").check({ name: live?.name, chips: ["queue"], emailUsers });
    expect(said(world)).toEqual([]);
  });
});
