import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startHost } from "../host/harness.ts";
import { Runs } from "./driver.ts";
import { action, Model } from "./model.ts";

beforeAll(ensureBuilt);

// A longer run: MODEL_RUNS=1000 MODEL_SEED=1 npx vitest run --config vitest.engine.config.ts test/reliability/model.suite.ts
const runs = Number(process.env.MODEL_RUNS ?? 20);
const first = Number(process.env.MODEL_SEED ?? 20262);
/** Programs at the same time, each with a provider process: most of the time goes by between the tries of a request. */
const STREAMS = 3;

async function stream(seed: number): Promise<number> {
  const processes = new Runs(await startHost());
  let steps = 0;
  const actions = fc.array(action, { minLength: 20, maxLength: 60, size: "max" });
  const property = fc.asyncProperty(actions, async (list) => {
    steps += list.length;
    await new Model(processes).play(list);
  });
  await fc.assert(property, { seed, numRuns: runs, endOnFailure: process.env.MODEL_SHRINK === "off" });
  return steps;
}

it("random programs, edits, faults and refreshes: what is declared is live after an up, and nothing else was touched", {
  timeout: 7_200_000,
}, async () => {
  const seeds = Array.from({ length: STREAMS }, (_, at) => first + at);
  const steps = (await Promise.all(seeds.map(stream))).reduce((sum, count) => sum + count);
  process.stdout.write(`model: seeds ${seeds.join(", ")}, cases: ${runs * STREAMS}, steps: ${steps}\n`);
  expect(steps).toBeGreaterThan(runs * STREAMS * 20);
});
