import { metricNames } from "./metric-names.ts";
import { hash, randomizer } from "./random.ts";
import { bandAt } from "./series.ts";
import type { StoredAnomaly, StoredMatch, StoredMetric, StoredPattern, Telemetry } from "./state.ts";
import type { Tenant } from "./tenant.ts";

const day = 86_400;
const minute = 60;
/** Every so many metrics one has stopped. */
const stoppedEvery = 61;
/** Every so many anomalies one was trained on. */
const trainedEvery = 8;

/** Anomalies can be trained on for a week. */
export const trainableSeconds = 7 * day;

/** Metrics of the tenant, and what happened to them in the last 30 days: the same for the same tenant and time. */
export function seedTelemetry(tenant: Tenant, start: number): Telemetry {
  const random = randomizer(hash(tenant.name));
  const metrics = metricNames(tenant.metrics).map((name, index) => ({
    id: tenant.org.id * 1000 + index,
    name,
    first_timestamp: start - 90 * day,
    stopped_timestamp: index % stoppedEvery === stoppedEvery - 1 ? start - 3 * day : null,
  }));
  const anomalies = seedAnomalies(tenant, metrics, start, random);
  const { patterns, matches } = seedPatterns(tenant, anomalies, start, random);
  return { metrics, anomalies, patterns, matches };
}

function seedAnomalies(
  tenant: Tenant,
  metrics: readonly StoredMetric[],
  start: number,
  random: () => number,
): StoredAnomaly[] {
  const anomalies: Omit<StoredAnomaly, "id">[] = [];
  for (const metric of metrics) {
    // Few metrics have many anomalies, many have none.
    const count = Math.floor(6 * random() ** 4);
    for (let index = 0; index < count; index += 1) {
      const end = metric.stopped_timestamp ?? start;
      const timestamp = Math.floor((end - random() * 26 * day) / minute) * minute - 30 * minute;
      const { expected_range_upper: upper, expected_range_lower: lower } = bandAt(metric, timestamp);
      anomalies.push({
        metric_id: metric.id,
        value: Math.round((upper + (upper - lower) * (0.5 + 3 * random())) * 1000) / 1000,
        score: Math.round((0.5 + random() / 2) * 100) / 100,
        timestamp,
        until_timestamp: timestamp + minute * (1 + Math.floor(random() * 20)),
      });
    }
  }
  return anomalies
    .sort((a, b) => a.timestamp - b.timestamp || a.metric_id - b.metric_id)
    .map((anomaly, index) => ({ id: tenant.org.id * 10_000 + index, ...anomaly }));
}

function seedPatterns(tenant: Tenant, anomalies: readonly StoredAnomaly[], start: number, random: () => number) {
  const patterns: StoredPattern[] = [];
  const matches: StoredMatch[] = [];
  const first = tenant.org.id * 100;
  for (const anomaly of anomalies.filter(
    ({ timestamp }, index) => index % trainedEvery === 0 && timestamp < start - 2 * day,
  )) {
    const created = anomaly.timestamp + 3600;
    const count = Math.floor(random() * 6);
    const id = first + patterns.length;
    patterns.push({
      id,
      metric_id: anomaly.metric_id,
      anomaly_id: anomaly.id,
      creator_user_id: tenant.users[0]?.id ?? null,
      duration: day,
      created_timestamp: created,
      ready_timestamp: created + 5 * minute,
      enabled: true,
      checks: count + Math.floor(random() * 12),
      label: random() < 0.5 ? "Nightly batch" : null,
    });
    for (let index = 0; index < count; index += 1) {
      const timestamp = created + Math.floor((random() * (start - created)) / minute) * minute;
      matches.push({ id: tenant.org.id * 1000 + matches.length, pattern_id: id, timestamp });
    }
  }
  return { patterns, matches };
}
