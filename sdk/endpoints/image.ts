import { defineEndpoint } from "../endpoint.ts";
import { Image } from "../models/image.ts";
import { integer, optional, text } from "../wire.ts";
import { span } from "./common.ts";

const size = {
  /** Pixels. */
  width: optional(integer),
  /** Pixels. */
  height: optional(integer),
} as const;

/** Pictures. */
export const image = {
  /** Picture of an anomaly. Evidence: inferred. */
  anomaly: defineEndpoint({
    operation: "getAnomalyImage",
    method: "GET",
    path: "/image/anomaly",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    reply: "image",
    params: { anomaly_id: integer, ...size },
    data: Image,
  }),

  /** Picture of a metric. Evidence: inferred. */
  metric: defineEndpoint({
    operation: "getMetricImage",
    method: "GET",
    path: "/image/metric",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    reply: "image",
    params: { metric: text, ...span, ...size },
    data: Image,
  }),
};
