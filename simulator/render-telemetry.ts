import type { Call } from "./call.ts";
import { findUser } from "./render.ts";
import { bandAt, momentsOf, valueAt } from "./series.ts";
import type { StoredAnomaly, StoredMatch, StoredMetric, StoredPattern } from "./state.ts";
import { trainableSeconds } from "./telemetry.ts";
import { momentString, shortMomentString } from "./time.ts";

// From what is kept about metrics to what is sent.

type Context = Pick<Call, "state" | "now" | "origin">;

const latest = (timestamps: number[]): number | null => (timestamps.length > 0 ? Math.max(...timestamps) : null);

/** Anomalies of a metric that have begun. */
export function anomaliesOf({ state, now }: Context, metric: StoredMetric): StoredAnomaly[] {
  return state.anomalies.filter((anomaly) => anomaly.metric_id === metric.id && anomaly.timestamp <= now);
}

/** Matches of a metric. */
export function matchesOf({ state }: Context, metric: StoredMetric): StoredMatch[] {
  const patterns = new Set(state.patterns.filter(({ metric_id }) => metric_id === metric.id).map(({ id }) => id));
  return state.matches.filter(({ pattern_id }) => patterns.has(pattern_id));
}

export function renderMetric(context: Context, metric: StoredMetric) {
  const { now } = context;
  const anomalies = anomaliesOf(context, metric);
  const last = momentsOf(metric, now - 120, metric.stopped_timestamp ?? now).at(-1) ?? metric.stopped_timestamp;
  return {
    id: metric.id,
    name: metric.name,
    active: metric.stopped_timestamp === null || metric.stopped_timestamp > now,
    first_timestamp: metric.first_timestamp,
    last_timestamp: last,
    last_timestamp_string: last === null ? null : momentString(last),
    last_value: last === null ? null : valueAt(metric, last, anomalies),
    anomalies_count: anomalies.length,
    last_anomaly_timestamp: latest(anomalies.map(({ timestamp }) => timestamp)),
    last_match_timestamp: latest(matchesOf(context, metric).map(({ timestamp }) => timestamp)),
  };
}

/** The metric with this id. One that is gone takes all that belongs to it along, so there always is one. */
export function metricOf({ state }: Context, id: number): StoredMetric {
  const metric = state.metrics.find((candidate) => candidate.id === id);
  if (!metric) throw new Error(`Metric ${id} is not there, but something refers to it.`);
  return metric;
}

export function renderAnomaly(context: Context, anomaly: StoredAnomaly) {
  const metric = metricOf(context, anomaly.metric_id);
  const { expected_range_lower, expected_range_upper } = bandAt(metric, anomaly.timestamp);
  const patterns = context.state.patterns.filter(({ anomaly_id }) => anomaly_id === anomaly.id);
  return {
    id: anomaly.id,
    metric_id: anomaly.metric_id,
    metric: metric.name,
    value: anomaly.value,
    score: anomaly.score,
    timestamp: anomaly.timestamp,
    timestamp_string: shortMomentString(anomaly.timestamp),
    until_timestamp: anomaly.until_timestamp,
    training: renderTraining(anomaly, context.now),
    patterns: patterns
      .filter((pattern) => !isPending(pattern, context.now))
      .map((pattern) => renderPattern(context, pattern)),
    pending_patterns: patterns
      .filter((pattern) => isPending(pattern, context.now))
      .map((pattern) => renderPattern(context, pattern)),
    positive: false,
    expected_range_lower,
    expected_range_upper,
    expected_range_lower_string: String(expected_range_lower),
    expected_range_upper_string: String(expected_range_upper),
  };
}

export function isTrainable(anomaly: StoredAnomaly, now: number): boolean {
  return now < anomaly.timestamp + trainableSeconds;
}

/** Only the expired form has been seen; the other follows from the names. */
function renderTraining(anomaly: StoredAnomaly, now: number) {
  const trainable = isTrainable(anomaly, now);
  return {
    trainable,
    trainable_status: trainable ? "trainable" : "expired",
    trainable_until_timestamp: trainable ? anomaly.timestamp + trainableSeconds : null,
    "30_day_trainable_from_timestamp": null,
    "30_day_trainable_in": null,
  };
}

/** A pattern takes a while to be made. */
export function isPending(pattern: StoredPattern, now: number): boolean {
  return pattern.ready_timestamp > now;
}

export function renderPattern(context: Context, pattern: StoredPattern) {
  const { state, origin } = context;
  const metric = metricOf(context, pattern.metric_id);
  const anomaly = state.anomalies.find(({ id }) => id === pattern.anomaly_id);
  const end = anomaly?.timestamp ?? pattern.created_timestamp;
  return {
    id: pattern.id,
    parent_id: 0,
    group_id: pattern.id,
    creator_type: "machine",
    creator_user_id: pattern.creator_user_id,
    creator_user_display_name: findUser(state, pattern.creator_user_id)?.name ?? null,
    metric_id: metric.id,
    metric_name: metric.name,
    duration: pattern.duration,
    duration_string: durationString(pattern.duration),
    anomaly_timestamp: anomaly?.timestamp ?? null,
    created_timestamp: pattern.created_timestamp,
    created_string: momentString(pattern.created_timestamp),
    enabled: pattern.enabled,
    origin: "trained",
    layers: true,
    ...renderUse(context, pattern),
    label: pattern.label,
    positive: false,
    anomaly_id: pattern.anomaly_id,
    anomaly_value: anomaly?.value ?? null,
    deletable: true,
    graph_url: `${origin}/metric/${encodeURIComponent(metric.name)}/graph?from=${end - pattern.duration}&until=${end}`,
  };
}

function renderUse({ state }: Context, { id, checks }: StoredPattern) {
  const matches = state.matches.filter(({ pattern_id }) => pattern_id === id);
  const last = latest(matches.map(({ timestamp }) => timestamp));
  const rate = `${checks > 0 ? Math.round((100 * matches.length) / checks) : 0}%`;
  return {
    checks,
    matches: matches.length,
    match_rate: rate,
    match_rate_string: `${matches.length} of ${checks} (${rate})`,
    last_match_timestamp: last,
    last_match_string: last === null ? null : momentString(last),
  };
}

const durationString = (seconds: number): string =>
  seconds % 3600 === 0 ? `${seconds / 3600} hour` : `${Math.round(seconds / 60)} minute`;

/** The pattern with this id; like metrics, patterns are never missing. */
export function patternOf({ state }: Context, id: number): StoredPattern {
  const pattern = state.patterns.find((candidate) => candidate.id === id);
  if (!pattern) throw new Error(`Pattern ${id} is not there, but something refers to it.`);
  return pattern;
}

export function renderMatch(context: Context, match: StoredMatch) {
  const pattern = patternOf(context, match.pattern_id);
  const metric = metricOf(context, pattern.metric_id);
  return {
    id: match.id,
    pattern_id: pattern.id,
    metric_id: metric.id,
    metric_name: metric.name,
    timestamp: match.timestamp,
    timestamp_string: shortMomentString(match.timestamp),
    label: pattern.label,
    graph_url: `${context.origin}/match/${match.id}/graph`,
  };
}
