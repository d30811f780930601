import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { crowd, expectLive, finish, PARALLEL, round } from "./load.ts";

beforeAll(ensureBuilt);

const SIZE = 1000;
const ALWAYS = Number.POSITIVE_INFINITY;
const seed = Number(process.env.LOAD_SEED ?? Math.floor(Math.random() * 2 ** 31));

it("a storm of refusals: everything is made in one run, none twice, and nobody is starved", async () => {
  const stage = await crowd(SIZE);
  const { faults, rate, journal } = stage.simulator;
  rate.limit({ perSecond: 200, burst: 250, retryAfter: 1 });
  // Whatever this machine is able to send: all that is under way is refused at once.
  faults.add({ on: "addExclusion", skip: 100, times: PARALLEL, do: { kind: "rate-limit", retryAfter: 1 } });
  const { failed, overtaken } = await round(stage, await stage.next());
  expect(failed).toEqual([]);
  // Those that were refused go first again; without that the first of them would wait for hundreds.
  expect(overtaken).toBeLessThan(SIZE / 10);
  await expectLive(stage);
  const refused = journal.entries().filter(({ status }) => status === 429).length;
  expect(refused).toBeGreaterThanOrEqual(PARALLEL);
  console.log(`storm: ${refused} refusals for ${SIZE} creates, at most ${overtaken} steps ended before an older one`);
});

it("a limit of our own is kept, and steps end in the order in which they began", async () => {
  const stage = await crowd(SIZE, { "anomify:requestsPerSecond": "200" });
  const { rate } = stage.simulator;
  // What is under way at once may arrive at once.
  rate.limit({ perSecond: 200, burst: 2 * PARALLEL, refuses: false });
  const { failed, overtaken } = await round(stage, await stage.next());
  expect(failed).toEqual([]);
  const report = rate.report();
  expect(report.requests).toBeGreaterThan(SIZE);
  expect(report.overdraft).toBeLessThanOrEqual(2 * PARALLEL);
  expect(overtaken).toBeLessThan(2 * PARALLEL);
  await expectLive(stage);
  console.log(`paced: overdraft ${report.overdraft.toFixed(1)} of ${2 * PARALLEL}, at most ${overtaken} overtaken`);
});

it("slow replies: everything is made in one run", async () => {
  const stage = await crowd(SIZE);
  stage.simulator.faults.add({ on: "*", times: ALWAYS, chance: 0.1, seed, do: { kind: "delay", ms: 250 } });
  expect((await round(stage, await stage.next())).failed, `seed ${seed}`).toEqual([]);
  await expectLive(stage);
});

it("connections that are taken and never answered: every step ends, and a later run settles what it left", async () => {
  const stage = await crowd(SIZE);
  for (const when of ["before", "after"] as const) {
    stage.simulator.faults.add({ on: "*", skip: 5, times: 8, chance: 0.02, seed, do: { kind: "silence", when } });
  }
  const { failed } = await round(stage, await stage.next());
  const again = await finish(stage, 2);
  await expectLive(stage);
  console.log(`half-open, seed ${seed}: ${failed.length} steps failed at first, ${again} more runs`);
});

it("5 % random failures: every step ends, and later runs make the rest, nothing twice", async () => {
  const stage = await crowd(SIZE);
  const kinds = [
    { kind: "status", status: 503 },
    { kind: "status-after", status: 502 },
    { kind: "drop", when: "before" },
    { kind: "drop", when: "after" },
  ] as const;
  for (const [index, action] of kinds.entries()) {
    stage.simulator.faults.add({ on: "*", times: ALWAYS, chance: 0.0125, seed: seed + index, do: action });
  }
  const { failed } = await round(stage, await stage.next());
  const again = await finish(stage, 5);
  await expectLive(stage);
  console.log(`random, seed ${seed}: ${failed.length} steps failed at first, ${again} more runs`);
});
