import { z } from "zod";
import { MAX_THRESHOLD_METRICS } from "../../../domain/limits.ts";
import { CONDITIONS, DROP_OFF_CLIFF, SMOOTHING, type ThresholdRule } from "../../../domain/thresholds/rule.ts";
import type { InputsOf } from "../../runtime/definition.ts";
import { documented, flag, withoutNegativeZero } from "../fields.ts";
import { watcherInputs } from "../watcher/fields.ts";

const seconds = z.int("must be a whole number of seconds").min(1, "must be at least 1");

/** The rule as a program writes it. What the condition has no use for is a mistake, since it would have no effect. */
export const thresholdRule = z
  .strictObject(
    {
      condition: z
        .enum(CONDITIONS, 'must be "greater_than", "less_than" or "drop_off_cliff"')
        .describe(
          "What breaks the rule: a value above or below the limit, or a sudden drop against the metric's own past.",
        ),
      value: z
        .number("must be a number")
        .transform(withoutNegativeZero)
        .optional()
        .describe("Limit; a value must be above or below it, not equal. Not for `drop_off_cliff`, which has none."),
      times: z
        .int("must be a whole number")
        .min(1, "must be at least 1")
        .optional()
        .describe("How many data points in a row must break the rule; 1 when left out."),
      function: z
        .enum(SMOOTHING, 'must be "mean" or "median"')
        .optional()
        .describe("Compared over `functionSeconds` in place of single data points."),
      functionSeconds: seconds.optional().describe("Window of `function`, in seconds."),
      minimumAvg: z
        .number("must be a number")
        .positive("must be above 0: at 0 it has no effect")
        .optional()
        .describe("Least average of a metric to which `drop_off_cliff` applies."),
      minimumAvgSeconds: seconds.optional().describe("Window of `minimumAvg`, in seconds."),
    },
    'must be { condition, value } or { condition: "drop_off_cliff" }',
  )
  .superRefine((rule, context) => {
    const refuse = (property: string, message: string) => {
      context.addIssue({ code: "custom", path: [property], message });
    };
    const isCliff = rule.condition === DROP_OFF_CLIFF;
    if (isCliff) {
      const advice =
        "drop_off_cliff compares a metric with its own past. Use minimumAvg and minimumAvgSeconds, or remove it";
      for (const property of ["value", "times", "function", "functionSeconds"] as const) {
        if (rule[property] !== undefined) refuse(property, `has no effect: ${advice}`);
      }
    } else {
      if (rule.value === undefined) refuse("value", `is required for the condition ${rule.condition}`);
      for (const property of ["minimumAvg", "minimumAvgSeconds"] as const) {
        if (rule[property] !== undefined) refuse(property, "has no effect: it belongs to drop_off_cliff. Remove it");
      }
    }
    const pairs = [
      ["function", "functionSeconds"],
      ["minimumAvg", "minimumAvgSeconds"],
    ] as const;
    for (const [one, other] of pairs) {
      if ((rule[one] === undefined) === (rule[other] === undefined)) continue;
      const [present, missing] = rule[one] === undefined ? [other, one] : [one, other];
      refuse(missing, `is required along with ${present}, which has no effect alone`);
    }
  })
  // The default of times is that of the conditions that have it.
  .transform((rule) => (rule.condition === DROP_OFF_CLIFF ? rule : { ...rule, times: rule.times ?? 1 }));

export const thresholdWatcherInputs = {
  ...watcherInputs,
  threshold: documented(thresholdRule, {
    description:
      "The rule. `greater_than` and `less_than` have a limit `value` (strict: a value must be above or below it) and `times`, the data points in a row that must break it (default 1); with `function` (mean or median) over `functionSeconds` that is compared instead of single data points. `drop_off_cliff` has no limit: with `minimumAvg` over `minimumAvgSeconds` it applies to metrics whose average is at least that. A metric has one rule of each condition: that of a later watcher replaces that of an earlier one.",
    outputAs:
      '{ condition: "greater_than" | "less_than" | "drop_off_cliff"; value?: number; times?: number; function?: "mean" | "median"; functionSeconds?: number; minimumAvg?: number; minimumAvgSeconds?: number }',
    evidence: "assumed",
  }),
  ignoreMetricLimit: documented(flag.default(false), {
    description: `Lets the chips match more than ${MAX_THRESHOLD_METRICS} metrics, with a warning. Otherwise that is an error, since the rule then watches nothing (assumed).`,
  }),
};

type Inputs = InputsOf<typeof thresholdWatcherInputs>;

/** The inputs that a watcher of anomalies does not have. A reply may describe a threshold watcher without a rule, or with another. */
export interface ThresholdInputs extends Pick<Inputs, "ignoreMetricLimit"> {
  threshold: ThresholdRule | null;
}
