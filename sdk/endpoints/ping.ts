import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { inferred, model } from "../models/shape.ts";

/** Is it there. */
export const ping = {
  /** Asks whether the API is there. Evidence: inferred. */
  ping: defineEndpoint({
    operation: "ping",
    method: "GET",
    path: "/ping",
    call: "safe",
    auth: "none",
    evidence: "inferred",
    params: {},
    data: model({ ping: inferred(z.string()) }),
  }),
};
