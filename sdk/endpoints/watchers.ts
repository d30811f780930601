import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { assumed, maybe, model } from "../models/shape.ts";
import { Chip, Watcher } from "../models/watcher.ts";
import { csv, flag, integer, optional } from "../wire.ts";

/** Lists for watchers. */
export const watchers = {
  /**
   * Lists all watchers; the only way to read one.
   *
   * Not paged (assumed). May be up to about an hour old: see `status.oldest_cached_component_age`. Evidence: inferred.
   */
  list: defineEndpoint({
    operation: "listWatchers",
    method: "GET",
    path: "/watchers/list",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {
      /** Whether softly deleted ones are listed too. @default false */
      include_deleted: optional(flag),
    },
    data: model({ watchers: assumed(z.array(Watcher)) }),
  }),

  /** Lists the chips to choose from, and a sample of the metrics that the chosen ones match. Evidence: inferred. */
  chips: defineEndpoint({
    operation: "listChips",
    method: "GET",
    path: "/watchers/chips",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: {
      /** Chips chosen already. */
      chips: optional(csv),
      /** How many names the sample holds at most. @default 20 */
      metrics_limit: optional(integer),
    },
    data: model({
      chips: assumed(maybe(z.array(Chip))),
      metrics_count: assumed(z.int()),
      metrics: assumed(maybe(z.array(z.string()))),
    }),
  }),
};
