import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { Exclusion, ExclusionType } from "../models/exclusion.ts";
import { Message } from "../models/person.ts";
import { assumed, maybe, model } from "../models/shape.ts";
import { integer, optional, text, unlessEmpty } from "../wire.ts";

/** Metrics left out of something. */
export const exclusion = {
  /**
   * Adds an exclusion. There is no update: add the changed one first and delete the old one after, or there is a gap with neither.
   *
   * Evidence: inferred; the parameter names are assumed.
   */
  add: defineEndpoint({
    operation: "addExclusion",
    method: "POST",
    path: "/exclusion/add",
    call: "non-idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: {
      /** Key of an exclusion type, as listed by `types`. */
      type: text,
      /** Term that metric names are compared with, or a comma list of terms; each matches as chips do. */
      pattern: text,
      /** Reason, for people. */
      note: unlessEmpty(text),
    },
    data: model({ exclusion: assumed(Exclusion) }),
  }),

  /** Deletes an exclusion, for good. A second call answers 404, which may be taken as done (both assumed). Evidence: inferred. */
  delete: defineEndpoint({
    operation: "deleteExclusion",
    method: "POST",
    path: "/exclusion/delete",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: { exclusion_id: integer },
    data: Message,
  }),

  /** Lists all exclusions. Not paged (assumed). Evidence: inferred. */
  list: defineEndpoint({
    operation: "listExclusions",
    method: "GET",
    path: "/exclusion/list",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {},
    data: model({ exclusions: assumed(z.array(Exclusion)) }),
  }),

  /** Says what a pattern would exclude; changes nothing. Evidence: inferred. */
  test: defineEndpoint({
    operation: "testExclusion",
    method: "GET",
    path: "/exclusion/test",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {
      type: text,
      pattern: text,
      /** How many names the sample holds at most. @default 20 */
      metrics_limit: optional(integer),
    },
    data: model({ metrics_count: assumed(z.int()), metrics: assumed(maybe(z.array(z.string()))) }),
  }),

  /** Lists the kinds of exclusion. Evidence: inferred. */
  types: defineEndpoint({
    operation: "listExclusionTypes",
    method: "GET",
    path: "/exclusion/types",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {},
    data: model({ types: assumed(z.array(ExclusionType)) }),
  }),
};
