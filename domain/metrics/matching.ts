/**
 * Which metric names a watcher or an exclusion matches, decided without asking the service. Both rules are assumed: nothing of
 * them is documented, so what they give is an estimate.
 */

/** Parts of a metric name that can be picked as chips: runs of letters, digits, `_` and `-`. */
export function chipsOf(metric: string): Set<string> {
  return new Set(metric.match(/[\p{L}\p{N}_-]+/gu) ?? []);
}

/** Whether a watcher with these chips watches a metric: each chip must be a part of its name. No chips match nothing. */
export function matchesChips(metric: string, chips: readonly string[]): boolean {
  if (chips.length === 0) return false;
  const parts = chipsOf(metric);
  return chips.every((chip) => parts.has(chip));
}

/** Whether an exclusion with this pattern leaves a metric out: the name must contain it. */
export function matchesPattern(metric: string, pattern: string): boolean {
  return pattern !== "" && metric.includes(pattern);
}

const SILENCING_TYPES = ["skip_analysis", "skip_metrics", "drop_metrics"];
const OTHER_TYPES = ["no_stale_alert", "no_learning", "learn_repetitive_patterns", "alert_on_stale_metrics"];
/** The keys of exclusion types that are known. The set is open. */
export const EXCLUSION_TYPES: readonly string[] = [...SILENCING_TYPES, ...OTHER_TYPES];

/**
 * Whether an exclusion of this type keeps the metrics that it matches from being analyzed, so that nobody is notified of them;
 * undefined for a type of which nothing is known. The keys are assumed, and the set of types is open.
 */
export function silences(type: string): boolean | undefined {
  if (SILENCING_TYPES.includes(type)) return true;
  return OTHER_TYPES.includes(type) ? false : undefined;
}
