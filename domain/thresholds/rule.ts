import { formatDuration } from "../time/duration.ts";

/**
 * The static rule of a threshold watcher, in normal form. What a condition has no use for is absent: `drop_off_cliff` has
 * neither limit nor times, and the others no least average.
 */
export interface ThresholdRule {
  /** `greater_than`, `less_than` or `drop_off_cliff`; another one is kept as the service names it. */
  readonly condition: string;
  /** Limit; a value must be above or below it, not equal. */
  readonly value?: number | undefined;
  /** Data points in a row that must break the rule. */
  readonly times?: number | undefined;
  /** `mean` or `median`, compared in place of single data points. */
  readonly function?: string | undefined;
  /** Window of the function, in seconds. */
  readonly functionSeconds?: number | undefined;
  /** The least average that makes `drop_off_cliff` apply. */
  readonly minimumAvg?: number | undefined;
  /** Window of that average, in seconds. */
  readonly minimumAvgSeconds?: number | undefined;
}

/** The condition that compares with the metric's own past instead of a limit. */
export const DROP_OFF_CLIFF = "drop_off_cliff";
export const CONDITIONS = ["greater_than", "less_than", DROP_OFF_CLIFF] as const;
export const SMOOTHING = ["mean", "median"] as const;

/** A rule for people: `mean over 10m greater than 500, 3 times`. */
export function describeRule(rule: ThresholdRule): string {
  const { condition, value, times = 1, minimumAvg, minimumAvgSeconds = 0, functionSeconds = 0 } = rule;
  const words = condition.replaceAll("_", " ");
  if (condition === DROP_OFF_CLIFF) {
    return minimumAvg === undefined
      ? words
      : `${words}, where the average over ${formatDuration(minimumAvgSeconds)} is at least ${minimumAvg}`;
  }
  const smoothed = rule.function === undefined ? "" : `${rule.function} over ${formatDuration(functionSeconds)} `;
  return `${smoothed}${words} ${value}, ${times === 1 ? "once" : `${times} times`}`;
}
