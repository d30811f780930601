import type { SimulatedOrganization } from "pulumi-anomify/simulator";
import { beforeAll, describe, expect, it } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { asSet } from "../../provider/runtime/sets.ts";
import { formatPath, ignoreChanges, parsePath } from "../../testing/property-path.ts";
import { ensureBuilt } from "../helpers/build.ts";
import type { Kind, Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";
import { startWorld } from "../host/world.ts";
import { startPluginWorld } from "./world.ts";

// Lists are sets, and the option ignoreChanges names an element by its place: the engine writes what the state has in that place
// into the program's inputs. So the state has the order of the program.

beforeAll(ensureBuilt);

const hosts: Readonly<Record<string, () => Promise<{ acme: SimulatedOrganization; kind(name: string): Kind }>>> = {
  "dynamic provider": startWorld,
  "native plugin": async () => {
    const { plugin, acme } = await startPluginWorld();
    return { acme, kind: (name) => plugin.kind(name) };
  },
};

/** A world in which everybody can be reached in every way. */
async function start(host: string) {
  const world = await (hosts[host] as (typeof hosts)[string])();
  world.acme.edit(({ users }) => {
    for (const [place, user] of users.entries()) {
      Object.assign(user, { phone_number: `+44163296010${place}`, slack_member_id: `U0ACME000${place}` });
    }
  });
  return world;
}

/** Each list of each kind. */
const lists = catalog.flatMap(({ kind }) => listsOf(sample(kind)).map((path) => ({ kind, path })));

function listsOf(values: Values, above: readonly (string | number)[] = []): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = [...above, key];
    if (Array.isArray(value)) return [formatPath(path)];
    return typeof value === "object" && value !== null ? listsOf(value as Values, path) : [];
  });
}

function at(values: Values, path: string): unknown {
  return parsePath(path)?.reduce<unknown>((inner, key) => (inner as Values | undefined)?.[key], values);
}

function withList(kind: string, path: string, list: readonly unknown[]): Values {
  const values = structuredClone(sample(kind));
  const keys = parsePath(path) ?? [];
  const parent = at(values, formatPath(keys.slice(0, -1))) as Values | undefined;
  (parent ?? values)[keys.at(-1) as string] = list;
  return values;
}

/** Elements in an order that is not the sorted one, of which the last is not there at first. */
const elementsOf = (path: string): readonly [string, string, string] =>
  path === "chips" ? ["prod", "cpu", "db1"] : ["chidi@acme.example", "ana@acme.example", "ben@acme.example"];

const ignored = (given: Values, recorded: Values, path: string): Values => {
  const { inputs, invalid } = ignoreChanges(given, recorded, [path]);
  expect(invalid).toEqual([]);
  return inputs as Values;
};

it("every list of every kind is tried", () => {
  expect(lists.map(({ kind, path }) => `${kind}.${path}`)).toEqual([
    ...["Watcher", "ThresholdWatcher"].flatMap((kind) =>
      ["chips", "emailUsers", "smsUsers", "slackMentionUsers", "summaryReport.emailUsers"].map(
        (path) => `${kind}.${path}`,
      ),
    ),
    "AdminAlert.emailUsers",
    "AdminAlert.smsUsers",
  ]);
});

describe.each(Object.keys(hosts))("%s: an index into a list in ignoreChanges", (host) => {
  it("leaves the set as it is, and what else changes is changed", async () => {
    const { kind } = await start(host);
    for (const { kind: name, path } of lists) {
      const [first, second, third] = elementsOf(path);
      const program = (...list: string[]) => withList(name, path, list);
      const where = `${name}.${path}`;
      const { id, inputs, outs } = await kind(name).make(program(first, second));
      expect(at(inputs, path), where).toEqual([first, second]);
      expect(at(outs, path), where).toEqual([first, second]);
      for (const index of [0, 1]) {
        const same = await kind(name).check(ignored(program(first, second), inputs, `${path}[${index}]`), inputs);
        expect(at(same.inputs, path), where).toEqual([first, second]);
        expect((await kind(name).diff(id, outs, same.inputs)).changes, where).toBe(false);
      }
      // The element beside the ignored one.
      const other = await kind(name).check(ignored(program(first, third), inputs, `${path}[0]`), inputs);
      expect(at(other.inputs, path), where).toEqual([first, third]);
      expect((await kind(name).diff(id, outs, other.inputs)).changes, where).toBe(true);
      // The ignored element itself.
      const kept = await kind(name).check(ignored(program(third, second), inputs, `${path}[0]`), inputs);
      expect((await kind(name).diff(id, outs, kept.inputs)).changes, where).toBe(false);
      // The order alone is never a change, and the outputs of an update follow the program.
      const turned = await kind(name).check(program(second, first), inputs);
      expect(at(turned.inputs, path), where).toEqual([second, first]);
      expect((await kind(name).diff(id, outs, turned.inputs)).changes, where).toBe(false);
      const updated = await kind(name).update(id, outs, other.inputs);
      expect(at(updated, path), where).toEqual([first, third]);
      const read = await kind(name).refresh(id, updated);
      expect([at(read.inputs ?? {}, path), at(read.outs, path)], where).toEqual([
        [first, third],
        [first, third],
      ]);
      await kind(name).delete(id, updated);
    }
  });

  it("takes nothing out of the set where the state has another order, as older states have", async () => {
    const { kind } = await start(host);
    for (const { kind: name, path } of lists) {
      const [first, second] = elementsOf(path);
      const program = (...list: string[]) => withList(name, path, list);
      const { id, outs } = await kind(name).make(program(first, second));
      const old = program(...asSet([first, second]));
      for (const index of [0, 1]) {
        const { inputs } = await kind(name).check(ignored(program(first, second), old, `${path}[${index}]`), old);
        expect(asSet(at(inputs, path) as string[]), `${name}.${path}`).toEqual(asSet([first, second]));
        expect((await kind(name).diff(id, outs, inputs)).changes, `${name}.${path}`).toBe(false);
      }
      await kind(name).delete(id, outs);
    }
  });
});
