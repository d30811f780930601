import { z } from "zod";
import { defineEndpoint, definePager } from "../endpoint.ts";
import { Point } from "../models/metric.ts";
import { Match, Pattern } from "../models/pattern.ts";
import { assumed, documented, model } from "../models/shape.ts";
import { integer } from "../wire.ts";
import { paging, span } from "./common.ts";

const matches = defineEndpoint({
  operation: "listPatternMatches",
  method: "GET",
  path: "/pattern/{pattern_id}/matches",
  call: "safe",
  auth: "token-or-session",
  evidence: "inferred",
  params: { pattern_id: integer, ...span, ...paging },
  data: model({ matches: assumed(z.array(Match)) }),
});

/** One learnt pattern. */
export const pattern = {
  /** Reads one pattern. Evidence: documented. */
  get: defineEndpoint({
    operation: "getPattern",
    method: "GET",
    path: "/pattern/{pattern_id}",
    call: "safe",
    auth: "token-or-session",
    evidence: "documented",
    params: { pattern_id: integer },
    data: model({ pattern: documented(Pattern) }),
  }),

  /** Stops the use of a pattern; no way back is known. For people, not for automation. Evidence: inferred. */
  disable: defineEndpoint({
    operation: "disablePattern",
    method: "POST",
    path: "/pattern/{pattern_id}/disable",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: { pattern_id: integer },
    data: model({ pattern: assumed(Pattern) }),
  }),

  /** One page of the matches of a pattern. Evidence: inferred. */
  matches,
  /** All matches of a pattern, page by page. */
  iterateMatches: definePager(matches, "matches"),

  /** Data points of a pattern. Evidence: inferred. */
  timeseries: defineEndpoint({
    operation: "getPatternTimeseries",
    method: "GET",
    path: "/pattern/{pattern_id}/timeseries",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: { pattern_id: integer },
    data: model({ timeseries: assumed(z.array(Point)) }),
  }),
};
