import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

const declared = (threshold: unknown) => ({ name: "Orders", chips: ["orders"], threshold });

it.each([
  ["greater_than", { condition: "greater_than", value: 80 }, { condition: "greater_than", value: 80, times: 1 }],
  [
    "smoothed",
    { condition: "less_than", value: 5, times: 2, function: "median", functionSeconds: 600 },
    { condition: "less_than", value: 5, times: 2, function: "median", functionSeconds: 600 },
  ],
  ["drop_off_cliff", { condition: "drop_off_cliff" }, { condition: "drop_off_cliff" }],
  [
    "drop_off_cliff of busy metrics",
    { condition: "drop_off_cliff", minimumAvg: 100, minimumAvgSeconds: 3600 },
    { condition: "drop_off_cliff", minimumAvg: 100, minimumAvgSeconds: 3600 },
  ],
])("a rule (%s) is made, read back and unchanged afterwards", async (_, threshold, normal) => {
  const { kind } = await startWorld();
  const resource = kind("ThresholdWatcher");
  const { id, inputs, outs } = await resource.make(declared(threshold));
  expect(inputs.threshold).toEqual(normal);
  expect(outs.threshold).toEqual(normal);
  const refreshed = await resource.refresh(id, outs);
  expect(refreshed.outs.threshold).toEqual(normal);
  expect((await resource.diff(id, refreshed.outs, inputs)).changes).toBe(false);
});

it("a change of condition clears what the new one has no use for", async () => {
  const { kind, acme } = await startWorld();
  const resource = kind("ThresholdWatcher");
  const smoothed = { condition: "less_than", value: 5, function: "mean", functionSeconds: 600 };
  const { id, outs } = await resource.make(declared(smoothed));
  const live = () => acme.watchers().find((watcher) => String(watcher.id) === id)?.threshold;

  const cliff = { condition: "drop_off_cliff", minimumAvg: 100, minimumAvgSeconds: 3600 };
  const changed = await resource.change(id, outs, declared(cliff));
  expect(live()).toEqual({
    condition: "drop_off_cliff",
    value: null,
    times: 1,
    minimum_avg: 100,
    minimum_avg_seconds: 3600,
  });

  await resource.change(id, changed, declared({ condition: "greater_than", value: 9 }));
  expect(live()).toEqual({ condition: "greater_than", value: 9, times: 1 });
});

it("a change by hand of a part that was dropped before is drift", async () => {
  const { kind, acme, nextRun } = await startWorld();
  const { id, inputs, outs } = await kind("ThresholdWatcher").make(declared({ condition: "greater_than", value: 9 }));
  acme.edit((state) => {
    const watcher = state.watchers.find((one) => String(one.id) === id);
    Object.assign(watcher?.threshold ?? {}, { function: "mean", function_seconds: 300 });
  });
  const resource = (await nextRun()).kind("ThresholdWatcher");
  const refreshed = await resource.refresh(id, outs);
  expect(refreshed.outs.threshold).toMatchObject({ function: "mean", functionSeconds: 300 });
  expect((await resource.diff(id, refreshed.outs, inputs)).changes).toBe(true);
});

it("all mistakes of a rule are reported at once, each with what mends it", async () => {
  const { kind } = await startWorld();
  const failuresOf = async (threshold: unknown) =>
    (await kind("ThresholdWatcher").check(declared(threshold))).failures.map(
      ({ property, reason }) =>
        `${property}: ${reason.replace('ThresholdWatcher "Orders", ', "").replace(/^[\w.]+: /, "")}`,
    );
  expect(await failuresOf({ condition: "greater_than", function: "mean", minimumAvg: 3 })).toEqual([
    "threshold.value: is required for the condition greater_than",
    "threshold.minimumAvg: has no effect: it belongs to drop_off_cliff. Remove it",
    "threshold.functionSeconds: is required along with function, which has no effect alone",
    "threshold.minimumAvgSeconds: is required along with minimumAvg, which has no effect alone",
  ]);
  expect(await failuresOf({ condition: "drop_off_cliff", value: 100, times: 2 })).toEqual([
    expect.stringMatching(/^threshold\.value: has no effect: drop_off_cliff compares a metric with its own past\./),
    expect.stringMatching(/^threshold\.times: has no effect/),
  ]);
  expect(await failuresOf({ condition: "sideways", value: 1 })).toEqual([
    'threshold.condition: must be "greater_than", "less_than" or "drop_off_cliff"',
  ]);
});
