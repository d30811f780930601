import { z } from "zod";
import { MAX_THRESHOLD_METRICS } from "../../../domain/limits.ts";
import { replyTime } from "../../organization/live.ts";
import { defineResource } from "../../runtime/define.ts";
import { documented, flag } from "../fields.ts";
import { type WatcherComputed, type WatcherInputs, watcherComputed, watcherInputs } from "../watcher/fields.ts";
import { watcherKind } from "../watcher/kind.ts";

const rule = z.strictObject(
  {
    condition: z.enum(
      ["greater_than", "less_than", "drop_off_cliff"],
      'must be "greater_than", "less_than" or "drop_off_cliff"',
    ),
    value: z.number("must be a number"),
    times: z.int("must be a whole number").min(1, "must be at least 1").default(1),
  },
  "must be { condition, value, times? }",
);
type Rule = z.output<typeof rule>;
type ThresholdInputs = WatcherInputs & { threshold: Rule; ignoreMetricLimit: boolean };

/** Alerts people when a metric breaks a static rule. */
export const thresholdWatcher = defineResource<ThresholdInputs, WatcherComputed>({
  description:
    "**Preview.** Alerts people when a metric whose name matches all its chips breaks a static rule. The rule's wire names are assumed: nothing of them is documented.",
  behavior: [
    "Every change is made in place.",
    "Deletion is soft in Anomify, as for a Watcher.",
    "A refresh reads one list for all watchers.",
  ],
  assumed: [
    "The names and values of the rule are ours: the vendor's page describes thirteen parameters and nothing of the threshold itself.",
  ],
  inputs: z.strictObject({
    ...watcherInputs,
    threshold: documented(rule, {
      description:
        "The rule: `condition`, the limit `value` (for `drop_off_cliff` the least average that makes the check apply), and `times`, the data points in a row that must break it (default 1).",
      type: '{ condition: "greater_than" | "less_than" | "drop_off_cliff"; value: number; times?: number }',
      outputType: '{ condition: "greater_than" | "less_than" | "drop_off_cliff"; value: number; times: number }',
      evidence: "assumed",
    }),
    ignoreMetricLimit: documented(flag.default(false), {
      description: `Lets the chips match more than ${MAX_THRESHOLD_METRICS} metrics, with a warning. Otherwise that is an error, since the rule then watches nothing (assumed).`,
      default: "false",
      type: "boolean",
    }),
  }),
  computed: z.strictObject(watcherComputed),
  programOnly: ["ignoreMetricLimit"],
  ...watcherKind<ThresholdInputs>({
    kind: "ThresholdWatcher",
    type: "threshold",
    limited: ["ignoreMetricLimit"],
    ours: ({ ignoreMetricLimit }) => ({ ignoreMetricLimit: ignoreMetricLimit ?? false }),
    ruleToWire: ({ threshold }) => ({
      threshold_condition: threshold.condition,
      threshold_value: threshold.value,
      threshold_times: threshold.times,
    }),
    ruleFromWire: ({ threshold }) =>
      threshold === null
        ? {}
        : {
            threshold: {
              condition: threshold.condition as Rule["condition"],
              value: threshold.value,
              times: threshold.times,
            },
          },
    post: async (org, params) => {
      const reply = await org.api.watcher.createThreshold(
        params as Parameters<typeof org.api.watcher.createThreshold>[0],
      );
      return { item: reply.data.watcher, at: replyTime(reply) };
    },
  }),
});
