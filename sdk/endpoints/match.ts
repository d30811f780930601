import { defineEndpoint } from "../endpoint.ts";
import { Image } from "../models/image.ts";
import { Match } from "../models/pattern.ts";
import { assumed, model } from "../models/shape.ts";
import { integer } from "../wire.ts";

/** Runs in which a pattern explained the data. */
export const match = {
  /** Reads one match. Evidence: inferred. */
  get: defineEndpoint({
    operation: "getMatch",
    method: "GET",
    path: "/match/{match_id}",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: { match_id: integer },
    data: model({ match: assumed(Match) }),
  }),

  /** Graph of a match, as a picture. Evidence: inferred. */
  graph: defineEndpoint({
    operation: "getMatchGraph",
    method: "GET",
    path: "/match/{match_id}/graph",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    reply: "image",
    params: { match_id: integer },
    data: Image,
  }),

  /** Graph of the shape that matched, as a picture. Evidence: assumed. */
  motifGraph: defineEndpoint({
    operation: "getMatchMotifGraph",
    method: "GET",
    path: "/match/{match_id}/motif/graph",
    call: "safe",
    auth: "token-or-session",
    evidence: "assumed",
    reply: "image",
    params: { match_id: integer },
    data: Image,
  }),
};
