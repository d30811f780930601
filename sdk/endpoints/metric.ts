import { z } from "zod";
import { defineEndpoint, definePager } from "../endpoint.ts";
import { Anomaly } from "../models/anomaly.ts";
import { Image } from "../models/image.ts";
import { ExpectedRange, Metric, Point } from "../models/metric.ts";
import { Match, Pattern } from "../models/pattern.ts";
import { assumed, maybe, model } from "../models/shape.ts";
import { flag, optional, text } from "../wire.ts";
import { paging, span } from "./common.ts";

/** The metric's name; percent-encoded as one segment of the path. */
const name = { metric_name: text } as const;

const anomalies = defineEndpoint({
  operation: "listMetricAnomalies",
  method: "GET",
  path: "/metric/{metric_name}/anomalies",
  call: "safe",
  auth: "token-or-session",
  evidence: "inferred",
  params: { ...name, ...span, ...paging },
  data: model({ anomalies: assumed(z.array(Anomaly)) }),
});

/** One metric. */
export const metric = {
  /** Reads one metric. Evidence: inferred. */
  get: defineEndpoint({
    operation: "getMetric",
    method: "GET",
    path: "/metric/{metric_name}",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: name,
    data: model({ metric: assumed(Metric) }),
  }),

  /** One page of the anomalies of a metric. Evidence: inferred. */
  anomalies,
  /** All anomalies of a metric, page by page. */
  iterateAnomalies: definePager(anomalies, "anomalies"),

  /** Anomalies of a metric in numbers. Evidence: inferred. */
  anomalySummary: defineEndpoint({
    operation: "getMetricAnomalySummary",
    method: "GET",
    path: "/metric/{metric_name}/anomalysummary",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: { ...name, ...span },
    data: model({
      summary: assumed(
        model({
          anomalies_count: maybe(z.int()),
          first_anomaly_timestamp: maybe(z.int().nullable()),
          last_anomaly_timestamp: maybe(z.int().nullable()),
          highest_score: maybe(z.number().nullable()),
        }),
      ),
    }),
  }),

  /** A metric with all that belongs to it. Evidence: assumed. */
  bundle: defineEndpoint({
    operation: "getMetricBundle",
    method: "GET",
    path: "/metric/{metric_name}/bundle",
    call: "safe",
    auth: "token-or-session",
    evidence: "assumed",
    params: { ...name, ...span },
    data: model({
      metric: assumed(Metric),
      timeseries: assumed(maybe(z.array(Point))),
      anomalies: assumed(maybe(z.array(Anomaly))),
      patterns: assumed(maybe(z.array(Pattern))),
      matches: assumed(maybe(z.array(Match))),
    }),
  }),

  /** Graph of a metric, as a picture (assumed). Parameters as in the graph URLs of documented replies. Evidence: inferred. */
  graph: defineEndpoint({
    operation: "getMetricGraph",
    method: "GET",
    path: "/metric/{metric_name}/graph",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    reply: "image",
    names: "documented",
    params: {
      ...name,
      ...span,
      /** Where the axis goes; seen: `below`. */
      display_x_axis: optional(text),
      /** Where the axis goes; seen: `right`. */
      display_y_axis: optional(text),
      display_legend: optional(flag),
      display_anomalies: optional(flag),
      display_matches: optional(flag),
    },
    data: Image,
  }),

  /** Patterns of a metric. Evidence: inferred. */
  patterns: defineEndpoint({
    operation: "listMetricPatterns",
    method: "GET",
    path: "/metric/{metric_name}/patterns",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: name,
    data: model({ patterns: assumed(z.array(Pattern)) }),
  }),

  /** Data points of a metric. Evidence: inferred. */
  timeseries: defineEndpoint({
    operation: "getMetricTimeseries",
    method: "GET",
    path: "/metric/{metric_name}/timeseries",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: { ...name, ...span },
    data: model({ timeseries: assumed(z.array(Point)) }),
  }),

  /** Predicted band of a metric. Evidence: assumed. */
  expectedRange: defineEndpoint({
    operation: "getMetricExpectedRange",
    method: "GET",
    path: "/metric/{metric_name}/yhat",
    call: "safe",
    auth: "token-or-session",
    evidence: "assumed",
    params: { ...name, ...span },
    data: model({ yhat: assumed(z.array(ExpectedRange)) }),
  }),
};
