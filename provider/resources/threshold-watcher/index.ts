import { z } from "zod";
import { MAX_THRESHOLD_METRICS } from "../../../domain/limits.ts";
import { replyTime } from "../../organization/live.ts";
import { defineResource } from "../../runtime/definition.ts";
import { documented, flag, withoutNegativeZero } from "../fields.ts";
import { watcherDefinition } from "../watcher/define.ts";
import { watcherComputed, watcherInputs } from "../watcher/fields.ts";

const rule = z.strictObject(
  {
    condition: z.enum(
      ["greater_than", "less_than", "drop_off_cliff"],
      'must be "greater_than", "less_than" or "drop_off_cliff"',
    ),
    value: z.number("must be a number").transform(withoutNegativeZero),
    times: z.int("must be a whole number").min(1, "must be at least 1").default(1),
  },
  "must be { condition, value, times? }",
);
type ThresholdRule = z.output<typeof rule>;
interface Rule {
  /** Null where a reply describes a threshold watcher without one. */
  threshold: ThresholdRule | null;
  ignoreMetricLimit: boolean;
}

/** Alerts people when a metric breaks a static rule. */
export const thresholdWatcher = defineResource({
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
  export: { file: "threshold-watchers", heading: "Threshold watchers", order: 5, portable: true },
  restoreOrder: 4,
  inputs: z.strictObject({
    ...watcherInputs,
    threshold: documented(rule, {
      description:
        "The rule: `condition`, the limit `value` (for `drop_off_cliff` the least average that makes the check apply), and `times`, the data points in a row that must break it (default 1).",
      outputAs: '{ condition: "greater_than" | "less_than" | "drop_off_cliff"; value: number; times: number }',
      evidence: "assumed",
    }),
    ignoreMetricLimit: documented(flag.default(false), {
      description: `Lets the chips match more than ${MAX_THRESHOLD_METRICS} metrics, with a warning. Otherwise that is an error, since the rule then watches nothing (assumed).`,
    }),
  }),
  computed: z.strictObject(watcherComputed),
  programOnly: ["ignoreMetricLimit"],
  ...watcherDefinition(
    {
      kind: "ThresholdWatcher",
      role: "threshold-watcher",
      type: "threshold",
      ruleToParams: (inputs: Rule) => {
        const { condition, value, times } = required(inputs.threshold);
        return { threshold_condition: condition, threshold_value: value, threshold_times: times };
      },
      ruleFromLive: ({ threshold }, recorded): Rule => ({
        threshold: threshold && {
          condition: threshold.condition as ThresholdRule["condition"],
          // drop_off_cliff may come without a value; as long as the input must have one, 0 says the same.
          value: threshold.value ?? 0,
          times: threshold.times,
        },
        ignoreMetricLimit: recorded.ignoreMetricLimit ?? false,
      }),
      create: async (org, params, fireTestAlert) => {
        const reply = await org.api.watcher.createThreshold({
          ...params,
          ...(fireTestAlert ? { fire_test_alert: true } : {}),
        });
        return { item: reply.data.watcher, at: replyTime(reply) };
      },
      update: async (org, id, params) => {
        const reply = await org.api.watcher.update({ ...params, watcher_id: id });
        return { live: reply.data.watcher, at: replyTime(reply) };
      },
    },
    { limitedBy: ["ignoreMetricLimit"] },
  ),
});

/** @throws Error for a watcher that was read without a rule, which no reply should have */
function required(threshold: ThresholdRule | null): ThresholdRule {
  if (threshold !== null) return threshold;
  throw new Error("the state has no rule of this threshold watcher. Declare threshold, then run pulumi up");
}
