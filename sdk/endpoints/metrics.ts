import { z } from "zod";
import { defineEndpoint, definePager } from "../endpoint.ts";
import { Metric } from "../models/metric.ts";
import { assumed, maybe, model } from "../models/shape.ts";
import { optional, text } from "../wire.ts";
import { paging, span } from "./common.ts";

const reply = model({ metrics: assumed(z.array(Metric)) });
const limited = { limit: paging.limit } as const;

const list = defineEndpoint({
  operation: "listMetrics",
  method: "GET",
  path: "/metrics",
  call: "safe",
  auth: "token-or-session",
  evidence: "inferred",
  params: {
    /** Part of a name. */
    search: optional(text),
    ...paging,
  },
  data: model({ metrics: assumed(z.array(Metric)), metrics_count: assumed(maybe(z.int())) }),
});

/** Lists of metrics. */
export const metrics = {
  /** One page of all metrics. Evidence: inferred. */
  list,
  /** All metrics, page by page. */
  iterate: definePager(list, "metrics"),

  /** Metrics with the most anomalies. Evidence: inferred. */
  mostAnomalous: defineEndpoint({
    operation: "listMostAnomalousMetrics",
    method: "GET",
    path: "/metrics/mostanomalous",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: { ...span, ...limited },
    data: reply,
  }),

  /** Metrics whose anomaly is the most recent. Evidence: inferred. */
  mostRecentlyAnomalous: defineEndpoint({
    operation: "listMostRecentlyAnomalousMetrics",
    method: "GET",
    path: "/metrics/mostrecentlyanomalous",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: limited,
    data: reply,
  }),

  /** Metrics whose match is the most recent. Evidence: inferred. */
  mostRecentlyMatched: defineEndpoint({
    operation: "listMostRecentlyMatchedMetrics",
    method: "GET",
    path: "/metrics/mostrecentlymatched",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: limited,
    data: reply,
  }),
};
