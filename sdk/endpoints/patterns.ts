import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { Pattern } from "../models/pattern.ts";
import { assumed, model } from "../models/shape.ts";

/** Lists of patterns. */
export const patterns = {
  /** Patterns still being made. Evidence: inferred. */
  pending: defineEndpoint({
    operation: "listPendingPatterns",
    method: "GET",
    path: "/patterns/pending",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {},
    data: model({ patterns: assumed(z.array(Pattern)) }),
  }),
};
