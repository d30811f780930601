import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import * as anomify from "pulumi-anomify";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack, type Result } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { scenarios, steps, succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

/** What of the program varies from one deployment to the next. */
interface Variant {
  readonly chips: string[];
  readonly slackChannel: string | null;
  readonly summaryReport: anomify.WatcherArgs["summaryReport"] | null;
  readonly undelete: boolean | null;
  readonly limit: number;
  readonly note: string | null;
  readonly phone: string | null;
  readonly wait: number | null;
}

const first: Variant = {
  chips: ["cpu"],
  slackChannel: null,
  summaryReport: null,
  undelete: null,
  limit: 12,
  note: "a",
  phone: null,
  wait: null,
};

/** Each kind, and resources that depend on outputs of each: on ids, on what is set, and on what is not. */
function programOf(variant: Variant) {
  return async () => {
    const user = new anomify.User("ben", { email: "ben@acme.example", phoneNumber: variant.phone });
    const settings = new anomify.OrgSettings("org", { timezone: "Europe/Berlin" });
    const watcher = new anomify.Watcher("base", {
      name: "Base",
      chips: variant.chips,
      slackChannel: variant.slackChannel,
      summaryReport: variant.summaryReport,
      undelete: variant.undelete,
    });
    const threshold = new anomify.ThresholdWatcher("limit", {
      name: "Limit",
      chips: ["queue", "depth"],
      threshold: { condition: "greater_than", value: variant.limit },
    });
    const exclusion = new anomify.Exclusion("left-out", {
      type: "skip_analysis",
      pattern: "nothing.at.all",
      note: variant.note,
    });
    const alert = new anomify.AdminAlert("stopped", {
      alert: "all-metrics-stopped",
      emailUsers: [user.userId],
      waitSeconds: variant.wait,
    });
    new anomify.Watcher("dependent", {
      name: pulumi.interpolate`After ${watcher.watcherId} and ${threshold.watcherId}`,
      chips: ["cpu", "prod"],
      emailUsers: [user.userId],
      slackChannel: watcher.slackChannel,
      summaryReport: watcher.summaryReport,
      msTeamsWebhook: watcher.msTeamsWebhook,
    });
    new anomify.Exclusion("replaced-if-unknown", {
      type: exclusion.type,
      pattern: pulumi.interpolate`w.${watcher.watcherId}.${threshold.watcherId}.${exclusion.exclusionId}.${user.userId}`,
      note: pulumi.interpolate`${watcher.name} ${alert.alert} ${settings.timezone} ${watcher.adopt.apply(String)}`,
    });
  };
}

const variants: fc.Arbitrary<Variant> = fc.record({
  chips: fc.constantFrom(["cpu"], ["cpu", "prod"]),
  slackChannel: fc.constantFrom(null, "ops-alerts", "general"),
  summaryReport: fc.constantFrom(null, { frequency: "weekly-monday", emailUsers: ["ana@acme.example"] }),
  undelete: fc.constantFrom(null, false),
  limit: fc.constantFrom(12, 13),
  note: fc.constantFrom("a", "b", null),
  phone: fc.constantFrom(null, "+441632960102", "+441632960103"),
  wait: fc.constantFrom(null, 600, 900),
});

/** What independent resources do first is chance. */
const stepsOf = (result: Result) => steps(succeeded(result)).sort();

test("a preview plans what the next up does, for what depends on outputs as well", async () => {
  const simulator = await startSimulator();
  const stack = await createStack({
    directory: scenarios,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  const program = programOf(first);
  expect(stepsOf(await stack.preview({ program }))).toEqual(stepsOf(await stack.up({ program })));

  await fc.assert(
    fc.asyncProperty(variants, async (variant) => {
      const next = programOf(variant);
      const planned = stepsOf(await stack.preview({ program: next }));
      expect(stepsOf(await stack.up({ program: next }))).toEqual(planned);
      expect(stepsOf(await stack.up({ program: next }))).toEqual([]);
    }),
    { numRuns: 4, endOnFailure: true, examples: [[{ ...first, chips: ["cpu", "prod"] }]] },
  );
});
