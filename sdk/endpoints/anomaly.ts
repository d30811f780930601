import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { Anomaly } from "../models/anomaly.ts";
import { assumed, documented, maybe, model } from "../models/shape.ts";
import { integer, optional, text, unixSeconds } from "../wire.ts";

/** One anomaly, and training on it. */
export const anomaly = {
  /** Reads one anomaly. Evidence: documented. */
  get: defineEndpoint({
    operation: "getAnomaly",
    method: "GET",
    path: "/anomaly/{anomaly_id}",
    call: "safe",
    auth: "token-or-session",
    evidence: "documented",
    params: { anomaly_id: integer },
    data: model({ anomaly: documented(Anomaly) }),
  }),

  /** Finds an anomaly by metric and time, for alerts that went out before the anomaly had an id. Evidence: documented. */
  lookup: defineEndpoint({
    operation: "lookupAnomaly",
    method: "GET",
    path: "/anomaly/lookup",
    call: "safe",
    auth: "token-or-session",
    evidence: "documented",
    names: "documented",
    params: {
      /** Metric name. */
      metric: text,
      /** Time of the anomaly, a `Date` or unix seconds. */
      timestamp: unixSeconds,
    },
    data: model({ anomaly: documented(Anomaly), anomaly_graph_url: documented(maybe(z.string())) }),
  }),

  /**
   * Marks an anomaly as expected: starts the making of a pattern from the time before it. Human judgement, not for automation.
   *
   * Evidence: inferred; the parameters are assumed.
   */
  train: defineEndpoint({
    operation: "trainAnomaly",
    method: "POST",
    path: "/anomaly/train",
    call: "non-idempotent",
    auth: "session",
    evidence: "inferred",
    params: {
      anomaly_id: integer,
      /** Why it is expected. */
      label: optional(text),
      /** Length of the learnt span, in seconds. */
      duration: optional(integer),
    },
    data: model({ message: assumed(maybe(z.string())), anomaly: assumed(Anomaly) }),
  }),
};
