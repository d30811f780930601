import { CONDITIONS, DROP_OFF_CLIFF, SMOOTHING, type ThresholdRule } from "../../../domain/thresholds/rule.ts";
import type { LiveWatcher } from "../../organization/live.ts";
import { asListed } from "../listed.ts";
import { type ThresholdInputs, thresholdRule } from "./fields.ts";

/** The rule of a threshold watcher ⇄ the wire. */

/** A live rule in normal form; null where the watcher has none. What the reply does not say is as recorded. */
export function ruleFromLive(
  { threshold }: Pick<LiveWatcher, "threshold">,
  recorded?: ThresholdRule | null,
): ThresholdRule | null {
  if (threshold === undefined) return recorded ?? null;
  if (threshold === null) return null;
  const { value, times, minimum_avg: minimumAvg, minimum_avg_seconds: minimumAvgSeconds } = threshold;
  const condition = asListed(threshold.condition, CONDITIONS);
  // A limit that came with drop_off_cliff may be kept, and has no effect.
  if (condition === DROP_OFF_CLIFF) return defined({ condition, minimumAvg, minimumAvgSeconds });
  const { function: named, function_seconds: functionSeconds } = threshold;
  const smoothing = typeof named === "string" ? asListed(named, SMOOTHING) : named;
  const limit = value === undefined && recorded?.condition === condition ? recorded.value : value;
  return defined({ condition, value: limit, times, function: smoothing, functionSeconds });
}

/** Request parameters of a rule. What it has no use for is null: a create leaves it out, and an update clears it. */
export function ruleToParams({ threshold }: ThresholdInputs) {
  const rule = required(threshold);
  return {
    threshold_condition: rule.condition,
    threshold_value: rule.value ?? null,
    threshold_times: rule.times ?? null,
    threshold_function: rule.function ?? null,
    threshold_function_seconds: rule.functionSeconds ?? null,
    threshold_minimum_avg: rule.minimumAvg ?? null,
    threshold_minimum_avg_seconds: rule.minimumAvgSeconds ?? null,
  };
}

/** @throws Error for a watcher that was read without a rule, or with one that this release does not know */
function required(threshold: ThresholdRule | null) {
  const { success, data } = thresholdRule.safeParse(threshold);
  if (success) return data;
  throw new Error("the state has no rule of this threshold watcher. Declare threshold, then run pulumi up");
}

/** Without the keys that have no value: these are not part of the normal form. */
function defined({
  condition,
  ...rest
}: {
  readonly condition: string;
  readonly [other: string]: unknown;
}): ThresholdRule {
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null);
  return { condition, ...Object.fromEntries(entries) };
}
