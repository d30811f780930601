import { z } from "zod";
import { defineEndpoint, definePager } from "../endpoint.ts";
import { Anomaly } from "../models/anomaly.ts";
import { assumed, model } from "../models/shape.ts";
import { optional, text } from "../wire.ts";
import { paging, span } from "./common.ts";

const list = defineEndpoint({
  operation: "listAnomalies",
  method: "GET",
  path: "/anomalies",
  call: "safe",
  auth: "token-or-session",
  evidence: "inferred",
  params: {
    /** Only this metric. */
    metric: optional(text),
    ...span,
    ...paging,
  },
  data: model({ anomalies: assumed(z.array(Anomaly)) }),
});

/** Lists of anomalies. */
export const anomalies = {
  /** One page of anomalies, the newest first (assumed). Evidence: inferred. */
  list,
  /** All anomalies, page by page. */
  iterate: definePager(list, "anomalies"),
};
