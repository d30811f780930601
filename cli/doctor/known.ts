import type { Endpoint } from "../../sdk/endpoint.ts";
import { inside } from "./probe.ts";

/** Values that replies gave, to ask further with; by the parameter that takes them. */
export type Known = Map<string, unknown>;

/** Where the value of a parameter comes from: listings, and the path inside their data. */
const sources: ReadonlyArray<readonly [operation: string, path: readonly string[], ...parameters: string[]]> = [
  ["listMetrics", ["metrics", "0", "name"], "metric_name", "metric", "pattern"],
  ["listAnomalies", ["anomalies", "0", "id"], "anomaly_id"],
  ["listAnomalies", ["anomalies", "0", "metric"], "lookup metric"],
  ["listAnomalies", ["anomalies", "0", "timestamp"], "lookup timestamp"],
  ["listMetricPatterns", ["patterns", "0", "id"], "pattern_id"],
  ["listPendingPatterns", ["patterns", "0", "id"], "pattern_id"],
  ["getMetricBundle", ["patterns", "0", "id"], "pattern_id"],
  ["getMetricBundle", ["matches", "0", "id"], "match_id"],
  ["listPatternMatches", ["matches", "0", "id"], "match_id"],
  ["listUsers", ["users", "0", "id"], "user_id"],
  ["listExclusionTypes", ["types", "0", "type"], "type"],
  // The metric of an anomaly is the one most likely to have patterns and matches.
  ["listMostRecentlyMatchedMetrics", ["metrics", "0", "name"], "metric_name"],
];

/** Keeps what a reply gives. */
export function learn(known: Known, operation: string, data: unknown): void {
  for (const [source, path, ...parameters] of sources) {
    if (source !== operation) continue;
    const value = path.reduce<unknown>(inside, data);
    if (value === undefined || value === null) continue;
    for (const parameter of parameters) known.set(parameter, value);
  }
}

/** Small replies: a few items, the last hour, a thumbnail. */
const small: Readonly<Record<string, unknown>> = { limit: 5, metrics_limit: 1, width: 100, height: 50 };
const long = new Set(["getMetricTimeseries", "getMetricExpectedRange"]);
/** The token stands for nobody, so that the person must be named. */
const named = new Set(["user_id"]);

/** Parameters for a call, or the name of one that is not known. */
export function parametersFor({ operation, params }: Endpoint, known: Known, now: number): object | string {
  const values: Record<string, unknown> = {};
  for (const [name, { required }] of Object.entries(params)) {
    const value = valueFor(operation, name, known, now);
    if ((required || named.has(name)) && value === undefined) return name;
    if (required || named.has(name)) values[name] = value;
    else if (small[name] !== undefined) values[name] = small[name];
    else if (name === "from" && long.has(operation)) values[name] = now - 3600;
  }
  return values;
}

function valueFor(operation: string, name: string, known: Known, now: number): unknown {
  if (operation === "lookupAnomaly") return known.get(`lookup ${name}`);
  if (operation === "getTimeSince" && name === "timestamp") return now - 60;
  return known.get(name);
}
