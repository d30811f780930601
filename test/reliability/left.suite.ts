import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { recordWarnings } from "../host/engine.ts";
import { type Kind, startHost, type Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";
import { Runs } from "./driver.ts";

/** An object was made, and no state has it: the engine was killed before it saved, or the machine went down. */

beforeAll(ensureBuilt);

const urn = (name: string) => `urn:pulumi:dev::test::pulumi-nodejs:dynamic/anomify:Any::${name}`;

interface Scene {
  readonly simulator: Simulator;
  readonly warnings: string[];
  /** What the first run has made of the resource `it`. */
  readonly first: { readonly id: string; readonly inputs: Values };
  /** The kind in another run, of other settings. */
  next(settings?: Values): Promise<Kind>;
  posts(): number;
}

/** As the engine makes a resource that its state does not have. */
async function make(kind: Kind, inputs: Values, name = "it") {
  const checked = await kind.check({ ...inputs, __urn: urn(name) });
  expect(checked.failures).toEqual([]);
  return { inputs: checked.inputs, ...(await kind.create(checked.inputs)) };
}

async function scene(name: string, env: Record<string, string> = {}, clock?: () => number): Promise<Scene> {
  const simulator = await startSimulator(clock ? { clock } : {});
  onTestFinished(() => simulator.stop());
  const { address, seen } = await recordWarnings();
  const runs = new Runs(await startHost({ env, engine: address }));
  let retries = 0;
  const config = { "anomify:endpoint": simulator.url, "anomify:token": simulator.organization("acme").token };
  const next = (settings: Values = {}) =>
    runs.next(name, { ...config, "anomify:retries": String(retries++), ...settings });
  const first = await make(await next(), sample(name));
  const posts = () =>
    simulator.journal.writes().filter(({ operation }) => /^(create|add)/.test(String(operation))).length;
  return { simulator, warnings: seen, first, next, posts };
}

describe.each(["Watcher", "ThresholdWatcher", "Exclusion"])("%s", (name) => {
  it("is the next run's when nothing has happened to it since", async () => {
    const { first, next, posts } = await scene(name);
    const again = await make(await next(), sample(name));
    expect([again.id, posts()]).toEqual([first.id, 1]);
    // Nor is it lost when that run is killed as well.
    expect((await make(await next(), sample(name))).id).toBe(first.id);
    expect(posts()).toBe(1);
  });

  it("is left alone by another resource, and by one that is made a second time on purpose", async () => {
    const { first, next, posts } = await scene(name);
    const other = await make(await next(), sample(name), "other");
    expect(other.id).not.toBe(first.id);
    const kind = await next();
    await kind.check({ ...sample(name), __urn: urn("it") }, first.inputs);
    const replacement = await make(kind, sample(name));
    expect([first.id, other.id]).not.toContain(replacement.id);
    expect(posts()).toBe(3);
  });

  it("is made anew when it was deleted since", async () => {
    let now = 1_790_000_000;
    const { simulator, first, next, posts } = await scene(name, {}, () => now);
    simulator.organization("acme").edit((state) => {
      state.exclusions = state.exclusions.filter(({ id }) => String(id) !== first.id);
      for (const watcher of state.watchers) if (String(watcher.id) === first.id) watcher.deleted = true;
    });
    now += 300;
    expect((await make(await next(), sample(name))).id).not.toBe(first.id);
    expect(posts()).toBe(2);
  });

  it("is reported where nothing could be recorded, and never refused: it may be the stack's own under another name", async () => {
    for (const strict of ["false", "true"]) {
      const { first, next, posts, warnings } = await scene(name, { ANOMIFY_STATE_DIR: "off" });
      await make(await next({ "anomify:strict": strict }), sample(name));
      await expect
        .poll(() => warnings.join("\n"))
        .toMatch(new RegExp(`had an equal .* already \\(id ${first.id}\\).* aliases.*adopt: "${first.id}"`));
      expect(posts()).toBe(2);
    }
  });
});

it("a watcher that was changed since is what the program says again; an exclusion cannot be, and is reported", async () => {
  const watcher = await scene("Watcher");
  const edit = (simulator: Simulator, id: string, change: object) =>
    simulator.organization("acme").edit((state) => {
      for (const live of [...state.watchers, ...state.exclusions])
        if (String(live.id) === id) Object.assign(live, change);
    });
  edit(watcher.simulator, watcher.first.id, { chips: ["edited"] });
  const again = await make(await watcher.next(), sample("Watcher"));
  expect([again.id, again.outs.chips, watcher.posts()]).toEqual([watcher.first.id, sample("Watcher").chips, 1]);

  const exclusion = await scene("Exclusion");
  edit(exclusion.simulator, exclusion.first.id, { note: "edited" });
  await expect(make(await exclusion.next(), sample("Exclusion"))).rejects.toThrow(
    new RegExp(`made exclusion ${exclusion.first.id}, which was changed since.*adopt: "${exclusion.first.id}"`),
  );
  expect(exclusion.posts()).toBe(1);
});

it("of two resources with the same inputs neither gets the other's object", async () => {
  const { next, posts } = await scene("Exclusion");
  const kind = await next();
  const inputs = sample("Exclusion", { pattern: "staging.twins" });
  const [one, two] = [
    await kind.check({ ...inputs, __urn: urn("one") }),
    await kind.check({ ...inputs, __urn: urn("two") }),
  ];
  const made = [await kind.create(one.inputs), await kind.create(two.inputs)];
  const later = await next();
  await later.check({ ...inputs, __urn: urn("one") }, one.inputs);
  made.push(await make(later, inputs, "two"));
  expect(new Set(made.map(({ id }) => id)).size).toBe(3);
  expect(posts()).toBe(4);
});

it("a create whose reply is lost and found leaves the way free for an equal one", async () => {
  const { simulator, next } = await scene("Exclusion");
  const kind = await next();
  const inputs = sample("Exclusion", { pattern: "staging.found" });
  simulator.faults.add({ on: "addExclusion", do: { kind: "drop", when: "after" } });
  const [one, two] = [await make(kind, inputs, "one"), await make(kind, inputs, "two")];
  expect(one.id).not.toBe(two.id);
});

it("a folder that cannot be written to changes nothing", async () => {
  const { first, posts } = await scene("Exclusion", { ANOMIFY_STATE_DIR: "/dev/null/nowhere" });
  expect(first.id).toMatch(/^\d+$/);
  expect(posts()).toBe(1);
});
