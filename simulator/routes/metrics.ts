import type { Call } from "../call.ts";
import { checkSpan, newestFirst, pageOf, pageParams, spanOf, spanParams } from "../lists.ts";
import { anomaliesOf, matchesOf, renderMetric } from "../render-telemetry.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import type { StoredMetric } from "../state.ts";

const { limit } = pageParams;

/** The highest ranks first; metrics without a rank are left out. */
function ranked(call: Call, rank: (metric: StoredMetric) => number) {
  const metrics = call.state.metrics
    .map((metric) => ({ metric, rank: rank(metric) }))
    .filter((one) => one.rank > 0)
    .sort((a, b) => b.rank - a.rank || a.metric.id - b.metric.id);
  return { metrics: pageOf(metrics, call).map(({ metric }) => renderMetric(call, metric)) };
}

const last = (items: { timestamp: number }[]): number => Math.max(0, ...items.map(({ timestamp }) => timestamp));

export const metricsRoutes: readonly Route[] = [
  route(
    "GET /metrics",
    "listMetrics",
    { cacheable: true, params: { search: { type: "string" }, ...pageParams } },
    (call) => {
      const part = (call.params.text("search") ?? "").toLowerCase();
      const found = call.state.metrics.filter(({ name }) => name.toLowerCase().includes(part));
      return { metrics: pageOf(found, call).map((metric) => renderMetric(call, metric)), metrics_count: found.length };
    },
  ),
  route(
    "GET /metrics/mostanomalous",
    "listMostAnomalousMetrics",
    { cacheable: true, params: { ...spanParams, limit }, check: checkSpan },
    (call) => ranked(call, (metric) => newestFirst(anomaliesOf(call, metric), spanOf(call)).length),
  ),
  route(
    "GET /metrics/mostrecentlyanomalous",
    "listMostRecentlyAnomalousMetrics",
    { cacheable: true, params: { limit } },
    (call) => ranked(call, (metric) => last(anomaliesOf(call, metric))),
  ),
  route(
    "GET /metrics/mostrecentlymatched",
    "listMostRecentlyMatchedMetrics",
    { cacheable: true, params: { limit } },
    (call) => ranked(call, (metric) => last(matchesOf(call, metric))),
  ),
];
