import { hash } from "./random.ts";
import type { StoredAnomaly, StoredMetric } from "./state.ts";

/** One data point. */
export interface Point {
  timestamp: number;
  value: number;
}

/** A predicted band at one moment. */
export interface Band {
  timestamp: number;
  expected_range_lower: number;
  expected_range_upper: number;
}

const day = 86_400;
/** Metrics send a point a minute; long spans come in fewer points. */
const resolution = 60;
const mostPoints = 1440;

const round = (value: number): number => Math.round(value * 1000) / 1000;

interface Shape {
  base: number;
  swing: number;
  phase: number;
}

function shapeOf({ name }: StoredMetric): Shape {
  const seed = hash(name);
  const base = 10 ** (1 + (seed % 3)) * (1 + (seed % 17) / 17);
  return { base, swing: base * 0.3, phase: ((seed >>> 8) % 1000) / 1000 };
}

/** What is expected at a moment: a daily wave with a margin. */
export function bandAt(metric: StoredMetric, timestamp: number): Band {
  const { base, swing, phase } = shapeOf(metric);
  const middle = base + swing * Math.sin(2 * Math.PI * (timestamp / day + phase));
  const margin = base * 0.15;
  return {
    timestamp,
    expected_range_lower: round(Math.max(0, middle - margin)),
    expected_range_upper: round(middle + margin),
  };
}

/** What was measured at a moment: inside the band, except during an anomaly. */
export function valueAt(metric: StoredMetric, timestamp: number, anomalies: readonly StoredAnomaly[]): number {
  const anomaly = anomalies.find(
    (one) => one.metric_id === metric.id && one.timestamp <= timestamp && timestamp < one.until_timestamp,
  );
  if (anomaly) return anomaly.value;
  const { expected_range_lower: lower, expected_range_upper: upper } = bandAt(metric, timestamp);
  const place = (hash(`${metric.name} ${timestamp}`) % 1000) / 1000;
  return round(lower + (upper - lower) * (0.2 + 0.6 * place));
}

/** Moments at which a metric sent data in a time span, oldest first. */
export function momentsOf(metric: StoredMetric, from: number, until: number): number[] {
  const first = Math.max(from, metric.first_timestamp);
  const last = Math.min(until, metric.stopped_timestamp ?? until);
  const step = resolution * Math.max(1, Math.ceil((last - first) / resolution / mostPoints));
  const moments: number[] = [];
  for (let moment = Math.ceil(first / step) * step; moment <= last; moment += step) moments.push(moment);
  return moments;
}

/** Data points of a time span, oldest first. */
export function pointsOf(
  metric: StoredMetric,
  from: number,
  until: number,
  anomalies: readonly StoredAnomaly[],
): Point[] {
  const own = anomalies.filter(({ metric_id }) => metric_id === metric.id);
  return momentsOf(metric, from, until).map((timestamp) => ({ timestamp, value: valueAt(metric, timestamp, own) }));
}
