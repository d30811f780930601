import { type FaultAction, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { CallError, type Kind, startHost, type Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";
import { Runs } from "./driver.ts";

beforeAll(ensureBuilt);

const HOUR = 3600;
const lost: FaultAction = { kind: "drop", when: "after" };
const neverArrived: FaultAction = { kind: "drop", when: "before" };
const kinds = [
  { kind: "Watcher", post: "createWatcher", list: "listWatchers", idKey: "watcherId" },
  { kind: "ThresholdWatcher", post: "createThresholdWatcher", list: "listWatchers", idKey: "watcherId" },
  { kind: "Exclusion", post: "addExclusion", list: "listExclusions", idKey: "exclusionId" },
];

interface Scene {
  readonly simulator: Simulator;
  readonly runs: Runs;
  /** The kind in a run that has just begun. */
  next(kind: string, settings?: Values): Promise<Kind>;
  posts(): number;
}

async function scene(clock?: () => number): Promise<Scene> {
  const simulator = await startSimulator(clock ? { clock } : {});
  onTestFinished(() => simulator.stop());
  const runs = new Runs(await startHost());
  let retries = 0;
  const config = {
    "anomify:endpoint": simulator.url,
    "anomify:token": simulator.organization("acme").token,
    "anomify:timeoutSeconds": "8",
  };
  return {
    simulator,
    runs,
    next: (kind, settings) => runs.next(kind, { ...config, "anomify:retries": String(retries++), ...settings }),
    posts: () =>
      simulator.journal.writes().filter(({ operation }) => kinds.some(({ post }) => post === operation)).length,
  };
}

/** What the engine keeps of a create that fails. */
async function failedCreate(kind: Kind, inputs: Values): Promise<{ id: string; outs: Values; message: string }> {
  const error: unknown = await kind.create(inputs).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CallError) || !error.saved) throw new Error(`nothing was saved: ${String(error)}`);
  const { __provider: _text, ...outs } = error.saved.properties;
  return { id: error.saved.id, outs, message: error.message };
}

const live = ({ simulator }: Scene, kind: string): number => {
  const acme = simulator.organization("acme");
  if (kind === "Exclusion") return acme.exclusions().filter(({ pattern }) => pattern === "staging.web2").length;
  return acme.watchers().filter(({ name, deleted }) => name === sample(kind).name && !deleted).length;
};

describe.each(kinds)("$kind: a create whose reply is lost while the lists are old", ({ kind, post, list, idKey }) => {
  it("is recorded as pending and settled by a later run: refreshed, updated or deleted, never sent again", async () => {
    let now = 1_790_000_000;
    const stage = await scene(() => now);
    const { inputs } = await (await stage.next(kind)).check(sample(kind));
    stage.simulator.cache.set(HOUR, list);
    stage.simulator.faults.add({ on: post, do: lost });
    const pending = await failedCreate(await stage.next(kind), inputs);
    expect(pending.id).toMatch(/^pending:/);
    expect(pending.outs).toMatchObject({ ...inputs, [idKey]: null, pending: { others: [] } });
    expect(pending.message).toMatch(/may or may not have been created.*run pulumi up again/s);

    now += 600;
    const early = await stage.next(kind);
    expect((await early.diff(pending.id, pending.outs, inputs)).changes).toBe(true);
    await expect(early.update(pending.id, pending.outs, inputs)).rejects.toThrow(/no list of Anomify shows it yet/);
    await expect(early.delete(pending.id, pending.outs)).rejects.toThrow(/no list of Anomify shows it yet/);
    expect(await early.refresh(pending.id, pending.outs)).toMatchObject({ id: pending.id, outs: pending.outs });

    now += HOUR;
    const late = await stage.next(kind);
    const read = await late.refresh(pending.id, pending.outs);
    expect(read.id).toBe(String(read.outs[idKey]));
    expect(read.outs).not.toHaveProperty("pending");
    expect((await late.diff(read.id, read.outs, inputs)).changes).toBe(false);

    const updated = await (await stage.next(kind)).update(pending.id, pending.outs, inputs);
    expect(updated).not.toHaveProperty("pending");
    // The engine takes no new id from an update: the output has it, and the next refresh corrects the id.
    const settled = await stage.next(kind);
    expect((await settled.diff(pending.id, updated, inputs)).changes).toBe(false);
    expect((await settled.refresh(pending.id, updated)).id).toBe(read.id);
    expect([stage.posts(), live(stage, kind)]).toEqual([1, 1]);

    await (await stage.next(kind)).delete(pending.id, pending.outs);
    expect(live(stage, kind)).toBe(0);
  });

  it("is made by the next update, once, when a later list proves that there is none", async () => {
    let now = 1_790_000_000;
    const stage = await scene(() => now);
    const { inputs } = await (await stage.next(kind)).check(sample(kind));
    stage.simulator.cache.set(HOUR, list);
    stage.simulator.faults.add({ on: post, do: neverArrived });
    const pending = await failedCreate(await stage.next(kind), inputs);
    now += 2 * HOUR;
    expect((await (await stage.next(kind)).refresh(pending.id, pending.outs)).id).toBe("");
    await (await stage.next(kind)).delete(pending.id, pending.outs);
    const outs = await (await stage.next(kind)).update(pending.id, pending.outs, inputs);
    expect(outs).not.toHaveProperty("pending");
    expect([stage.posts(), live(stage, kind)]).toEqual([2, 1]);
  });
});

describe.each([-5, 5])("a service whose clock is %i hours off", (hours) => {
  const skewed = () => {
    const start = Date.now();
    return () => start / 1000 + hours * HOUR + ((Date.now() - start) / 1000) * 50;
  };

  it("finds what was made, says what was not, and believes no list from before", async () => {
    const stage = await scene(skewed());
    const { inputs } = await (await stage.next("Exclusion")).check(sample("Exclusion"));
    stage.simulator.faults.add({ on: "addExclusion", do: neverArrived });
    await expect((await stage.next("Exclusion")).create(inputs)).rejects.toThrow(/: not created: /);
    stage.simulator.faults.add({ on: "addExclusion", do: lost });
    await (await stage.next("Exclusion")).create(inputs);
    expect([stage.posts(), live(stage, "Exclusion")]).toEqual([2, 1]);

    stage.simulator.cache.set(HOUR, "listExclusions");
    stage.simulator.faults.add({ on: "addExclusion", do: lost });
    const other = { ...inputs, pattern: "staging.web4" };
    expect((await failedCreate(await stage.next("Exclusion"), other)).id).toMatch(/^pending:/);
  });
});

it("an equal object of another resource is not taken for the lost one, and an equal create waits for the answer", async () => {
  let now = 1_790_000_000;
  const stage = await scene(() => now);
  const kind = await stage.next("Exclusion");
  const twin = await kind.make(sample("Exclusion"));
  stage.simulator.cache.set(HOUR, "listExclusions");
  stage.simulator.faults.add({ on: "addExclusion", do: neverArrived });
  const pending = await failedCreate(kind, twin.inputs);
  expect(pending.outs.pending).toMatchObject({ others: [Number(twin.id)] });
  await expect(kind.create(twin.inputs)).rejects.toThrow(/not sent: an equal one may or may not have been created/);
  now += 2 * HOUR;
  expect((await (await stage.next("Exclusion")).refresh(pending.id, pending.outs)).id).toBe("");
  expect([stage.posts(), live(stage, "Exclusion")]).toEqual([2, 1]);
});

it.each(["deadline", "SIGTERM"] as const)("a create that is stopped by %s is recorded as pending", async (by) => {
  const stage = await scene();
  const { inputs } = await (await stage.next("Exclusion")).check(sample("Exclusion"));
  stage.simulator.faults.add({ on: "addExclusion", do: { kind: "delay", ms: 2000 } });
  const host = await startHost();
  const kind = await new Runs(host).next("Exclusion", {
    "anomify:endpoint": stage.simulator.url,
    "anomify:token": stage.simulator.organization("acme").token,
    "anomify:timeoutSeconds": by === "deadline" ? "1" : "60",
  });
  const failed = failedCreate(kind, inputs);
  if (by === "SIGTERM") {
    await expect.poll(() => stage.posts(), { timeout: 30_000 }).toBe(1);
    host.child.kill("SIGTERM");
  }
  const pending = await failed;
  expect(pending.message).toContain(by === "SIGTERM" ? "interrupted" : "1 second");
  const read = await (await stage.next("Exclusion", { "anomify:timeoutSeconds": "60" })).refresh(
    pending.id,
    pending.outs,
  );
  expect(read.id).toMatch(/^\d+$/);
  expect([stage.posts(), live(stage, "Exclusion")]).toEqual([1, 1]);
});
