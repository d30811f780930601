import type { Call } from "../call.ts";
import { noSuch } from "../envelope.ts";
import { checkSpan, newestFirst, pageOf, pageParams, spanOf, spanParams } from "../lists.ts";
import type { ParamSpecs } from "../params.ts";
import {
  anomaliesOf,
  isPending,
  matchesOf,
  renderAnomaly,
  renderMatch,
  renderMetric,
  renderPattern,
} from "../render-telemetry.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { bandAt, momentsOf, pointsOf } from "../series.ts";
import type { StoredMetric } from "../state.ts";
import { metricGraph } from "./image.ts";

const metricName = { metric_name: { type: "string", required: true } } satisfies ParamSpecs;
const day = 86_400;

function findMetric({ state, params }: Call): StoredMetric {
  const metric = state.metrics.find(({ name }) => name === params.text("metric_name"));
  if (!metric) throw noSuch("metric");
  return metric;
}

function timeseries(call: Call) {
  const { from, until } = spanOf(call, day);
  return pointsOf(findMetric(call), from, Math.min(until, call.now), call.state.anomalies);
}

function anomalies(call: Call) {
  return newestFirst(anomaliesOf(call, findMetric(call)), spanOf(call));
}

function patterns(call: Call) {
  const { id } = findMetric(call);
  const ready = call.state.patterns.filter((pattern) => pattern.metric_id === id && !isPending(pattern, call.now));
  return ready.map((pattern) => renderPattern(call, pattern));
}

function summary(call: Call) {
  const found = anomalies(call);
  return {
    anomalies_count: found.length,
    first_anomaly_timestamp: found.at(-1)?.timestamp ?? null,
    last_anomaly_timestamp: found[0]?.timestamp ?? null,
    highest_score: found.length > 0 ? Math.max(...found.map(({ score }) => score)) : null,
  };
}

/** Fetches about one metric have one prefix, and know the span they are about. */
function metricRoute(path: string, operation: string, params: ParamSpecs, answer: Route["handle"]): Route {
  const details = { cacheable: true as const, params: { ...metricName, ...params }, check: checkSpan };
  return route(`GET /metric/{metric_name}${path}`, operation, details, answer);
}

export const metricRoutes: readonly Route[] = [
  metricRoute("", "getMetric", {}, (call) => ({ metric: renderMetric(call, findMetric(call)) })),
  metricRoute("/anomalies", "listMetricAnomalies", { ...spanParams, ...pageParams }, (call) => ({
    anomalies: pageOf(anomalies(call), call).map((anomaly) => renderAnomaly(call, anomaly)),
  })),
  metricRoute("/anomalysummary", "getMetricAnomalySummary", spanParams, (call) => ({ summary: summary(call) })),
  metricRoute("/bundle", "getMetricBundle", spanParams, (call) => ({
    metric: renderMetric(call, findMetric(call)),
    timeseries: timeseries(call),
    anomalies: anomalies(call).map((anomaly) => renderAnomaly(call, anomaly)),
    patterns: patterns(call),
    matches: newestFirst(matchesOf(call, findMetric(call)), spanOf(call)).map((match) => renderMatch(call, match)),
  })),
  metricRoute("/patterns", "listMetricPatterns", {}, (call) => ({ patterns: patterns(call) })),
  metricRoute("/timeseries", "getMetricTimeseries", spanParams, (call) => ({ timeseries: timeseries(call) })),
  metricRoute("/yhat", "getMetricExpectedRange", spanParams, (call) => {
    const { from, until } = spanOf(call, day);
    const metric = findMetric(call);
    return { yhat: momentsOf(metric, from, until).map((moment) => bandAt(metric, moment)) };
  }),
  route(
    "GET /metric/{metric_name}/graph",
    "getMetricGraph",
    {
      params: {
        ...metricName,
        ...spanParams,
        display_x_axis: { type: "string" },
        display_y_axis: { type: "string" },
        display_legend: { type: "boolean" },
        display_anomalies: { type: "boolean" },
        display_matches: { type: "boolean" },
      },
      check: checkSpan,
    },
    (call) => metricGraph(call, findMetric(call)),
  ),
];
