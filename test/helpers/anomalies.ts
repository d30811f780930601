import type { SimulatedOrganization } from "pulumi-anomify/simulator";
import { setMetrics } from "./metrics.ts";

/** Replaces the metrics and the anomalies of an organization. Times in unix seconds. */
export function setAnomalies(
  organization: SimulatedOrganization,
  anomalies: Readonly<Record<string, readonly number[]>>,
): void {
  const names = Object.keys(anomalies);
  setMetrics(organization, names);
  organization.edit((state) => {
    state.anomalies = names
      .flatMap((name, metric_id) => (anomalies[name] ?? []).map((timestamp) => ({ metric_id, timestamp })))
      .map((one, id) => ({ ...one, id, value: 1, score: 1, until_timestamp: one.timestamp + 60 }));
  });
}
