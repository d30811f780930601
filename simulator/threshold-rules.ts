// What threshold watchers come to: a metric has one rule of each condition, so that watchers get in each other's way.
import { matchesChips } from "./matching.ts";
import { type Point, pointsOf } from "./series.ts";
import type { OrganizationState, StoredMetric } from "./state.ts";
import type { WireThreshold } from "./wire.ts";

/** A watcher that matches more metrics gets no rule, and takes those of others on these metrics along. */
const MAX_METRICS = 200;
/** After an alert a metric is looked at again only after so long, whatever the watcher says. */
const MIN_HOLD_BACK_SECONDS = 900;

/** The rule of one condition on one metric. */
export interface ThresholdRule {
  metric: string;
  condition: string;
  /** The watcher that comes last of those with this condition. */
  watcher_id: number;
  threshold: WireThreshold;
  /** For how long further alerts are held back. */
  hold_back_seconds: number;
  /** Whether the newest data points break it; null for drop_off_cliff, which the simulator does not look for. */
  broken: boolean | null;
}

/** All rules that are in force at a moment, by metric and condition. */
export function thresholdRules(state: OrganizationState, now: number): ThresholdRule[] {
  const rules = new Map<string, ThresholdRule>();
  const tooWide: string[] = [];
  for (const watcher of state.watchers) {
    const { id, threshold } = watcher;
    if (threshold === null || watcher.deleted || !watcher.alert) continue;
    const metrics = state.metrics.filter(({ name }) => matchesChips(name, watcher.chips));
    for (const metric of metrics) {
      rules.set(keyOf(metric, threshold), {
        metric: metric.name,
        condition: threshold.condition,
        watcher_id: id,
        threshold: { ...threshold },
        hold_back_seconds: Math.max(MIN_HOLD_BACK_SECONDS, watcher.expiration_seconds),
        broken: isBroken(threshold, newestPoints(state, metric, threshold, now), now),
      });
    }
    if (metrics.length > MAX_METRICS) tooWide.push(...metrics.map((metric) => keyOf(metric, threshold)));
  }
  for (const key of tooWide) rules.delete(key);
  return [...rules.values()].sort((a, b) => compare(a.metric, b.metric) || compare(a.condition, b.condition));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const keyOf = ({ id }: StoredMetric, { condition }: WireThreshold): string => `${id} ${condition}`;

const minute = 60;

function newestPoints(state: OrganizationState, metric: StoredMetric, threshold: WireThreshold, now: number): Point[] {
  const span = Math.max(threshold.times * minute, threshold.function_seconds ?? 0) + minute;
  return pointsOf(metric, now - span, now, state.anomalies);
}

function isBroken(threshold: WireThreshold, points: readonly Point[], now: number): boolean | null {
  const { condition, value, times, function_seconds: window = 0 } = threshold;
  if (condition === "drop_off_cliff" || value === null) return null;
  // The comparison is strict: a value that equals the limit is well.
  const breaks = (found: number) => (condition === "greater_than" ? found > value : found < value);
  if (threshold.function !== undefined && window >= minute) {
    const values = points.filter(({ timestamp }) => timestamp > now - window).map((point) => point.value);
    return values.length > 0 && breaks(threshold.function === "median" ? median(values) : mean(values));
  }
  const last = points.slice(-times);
  return last.length === times && last.every((point) => breaks(point.value));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return mean(sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : sorted.slice(middle, middle + 1));
}
