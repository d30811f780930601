import type { FaultAction } from "pulumi-anomify/simulator";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { crowd, expectLive, finish, PARALLEL, round } from "./load.ts";

beforeAll(ensureBuilt);

// Nothing here would end by itself within an hour: what ends it is the signal.
const settings = { "anomify:timeoutSeconds": "3600" };
const before: FaultAction = { kind: "silence", when: "before" };
const after: FaultAction = { kind: "silence", when: "after" };
const pause: FaultAction = { kind: "rate-limit", retryAfter: 600 };

it.each<[signal: "SIGINT" | "SIGTERM", where: string, action: FaultAction]>([
  ["SIGINT", "before they take effect", before],
  ["SIGINT", "in a pause that the service asks for", pause],
  ["SIGTERM", "after they took effect", after],
])(
  "%s during creates %s ends the process: each is recorded or pending, and a later run makes the rest",
  async (signal, _, action) => {
    const stage = await crowd(PARALLEL, settings);
    const { faults, journal } = stage.simulator;
    // One of the creates is answered, so that something is recorded.
    faults.add({ on: "addExclusion", skip: 1, times: PARALLEL, do: action });
    const host = await stage.start();
    const run = round(stage, host.kind("Exclusion"));
    const inPause = action.kind === "rate-limit";
    const sent = () => journal.entries().filter(({ operation }) => operation === "addExclusion");
    await expect
      .poll(() => sent().filter(({ status }) => status === (inPause ? 429 : null)).length, { timeout: 60_000 })
      .toBeGreaterThan(0);
    if (!inPause) await expect.poll(() => sent().length, { timeout: 60_000 }).toBe(PARALLEL);
    // The one that is answered has come to its end, however busy the machine is.
    const settled = () => stage.states.some(({ current }) => current !== undefined);
    await expect.poll(settled, { timeout: 60_000 }).toBe(true);
    const began = performance.now();
    host.child.kill(signal);
    const [{ failed }, ended] = await Promise.all([run, host.ended]);
    console.log(`${signal}: ended after ${Math.round(performance.now() - began)} ms`);
    expect(ended).toBe(signal === "SIGINT" ? 130 : 143);
    const pending = stage.states.filter(({ current }) => current?.id.startsWith("pending:")).length;
    const recorded = stage.states.filter(({ current }) => current !== undefined).length;
    expect([failed.length, recorded - pending]).toEqual([PARALLEL - 1, 1]);
    expect(pending).toBe(PARALLEL - 1);
    for (const reason of failed) expect(reason).toContain(`interrupted by ${signal}`);
    faults.clear();
    await finish(stage, 1);
    await expectLive(stage);
  },
);
