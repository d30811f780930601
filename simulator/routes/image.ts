import type { Call } from "../call.ts";
import { noSuch } from "../envelope.ts";
import { drawGraph, largestSide } from "../graph.ts";
import { checkSpan, newestFirst, spanOf, spanParams } from "../lists.ts";
import type { ParamSpecs } from "../params.ts";
import { anomaliesOf, matchesOf, metricOf } from "../render-telemetry.ts";
import type { RawReply, Route } from "../route.ts";
import { route } from "../route.ts";
import { bandAt, pointsOf } from "../series.ts";
import type { StoredMetric } from "../state.ts";
import { findAnomaly } from "./anomaly.ts";

const size = { width: { type: "integer" }, height: { type: "integer" } } satisfies ParamSpecs;
const day = 86_400;
const hour = 3600;

function checkSize({ params, problems }: Call): void {
  for (const side of Object.keys(size)) {
    const pixels = params.number(side) ?? 1;
    if (pixels < 1 || pixels > largestSide) problems.add(side, `Must be from 1 to ${largestSide}.`);
  }
}

function sizeOf({ params }: Call): { width?: number; height?: number } {
  const [width, height] = [params.number("width"), params.number("height")];
  return { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
}

/** A metric, with what the parameters ask for. */
export function metricGraph(call: Call, metric: StoredMetric): RawReply {
  const { params, state } = call;
  const span = spanOf(call, day);
  const points = pointsOf(metric, span.from, Math.min(span.until, call.now), state.anomalies);
  const times = (items: { id: number; timestamp: number }[]) =>
    newestFirst(items, span).map(({ timestamp }) => timestamp);
  return drawGraph({
    points,
    band: points.map(({ timestamp }) => bandAt(metric, timestamp)),
    anomalies: params.boolean("display_anomalies") ? times(anomaliesOf(call, metric)) : [],
    matches: params.boolean("display_matches") ? times(matchesOf(call, metric)) : [],
    axes: { x: params.has("display_x_axis"), y: params.has("display_y_axis") },
    ...sizeOf(call),
  });
}

function anomalyImage(call: Call): RawReply {
  const anomaly = findAnomaly(call);
  const metric = metricOf(call, anomaly.metric_id);
  const until = Math.min(call.now, anomaly.until_timestamp + hour);
  const points = pointsOf(metric, anomaly.timestamp - 6 * hour, until, call.state.anomalies);
  const band = points.map(({ timestamp }) => bandAt(metric, timestamp));
  return drawGraph({ points, band, anomalies: [anomaly.timestamp], axes: { x: true, y: true }, ...sizeOf(call) });
}

export const imageRoutes: readonly Route[] = [
  route(
    "GET /image/anomaly",
    "getAnomalyImage",
    { params: { anomaly_id: { type: "integer", required: true }, ...size }, check: checkSize },
    anomalyImage,
  ),
  route(
    "GET /image/metric",
    "getMetricImage",
    {
      params: { metric: { type: "string", required: true }, ...spanParams, ...size },
      check: (call) => {
        checkSpan(call);
        checkSize(call);
      },
    },
    (call) => {
      const metric = call.state.metrics.find(({ name }) => name === call.params.text("metric"));
      if (!metric) throw noSuch("metric");
      return metricGraph(call, metric);
    },
  ),
];
