import { z } from "zod";
import { evidence, maybe, model } from "./shape.ts";

/** A shape that was learnt as expected. Which fields may be null is not documented. */
export const Pattern = evidence(
  "documented",
  model({
    id: z.int(),
    parent_id: maybe(z.int().nullable()),
    group_id: maybe(z.int().nullable()),
    /** Seen: `machine`. */
    creator_type: maybe(z.string()),
    creator_user_id: maybe(z.int().nullable()),
    creator_user_display_name: maybe(z.string().nullable()),
    metric_id: maybe(z.int()),
    metric_name: maybe(z.string()),
    /** Seconds. */
    duration: maybe(z.int()),
    duration_string: maybe(z.string()),
    anomaly_timestamp: maybe(z.int().nullable()),
    created_timestamp: maybe(z.int()),
    created_string: maybe(z.string()),
    enabled: maybe(z.boolean()),
    /** Seen: `trained`. */
    origin: maybe(z.string()),
    layers: maybe(z.boolean()),
    checks: maybe(z.int()),
    matches: maybe(z.int()),
    /** E.g. `33%`. */
    match_rate: maybe(z.string()),
    match_rate_string: maybe(z.string()),
    last_match_timestamp: maybe(z.int().nullable()),
    last_match_string: maybe(z.string().nullable()),
    label: maybe(z.string().nullable()),
    positive: maybe(z.boolean()),
    anomaly_id: maybe(z.int().nullable()),
    anomaly_value: maybe(z.number().nullable()),
    deletable: maybe(z.boolean()),
    /** Absolute URL. */
    graph_url: maybe(z.string()),
  }),
);
export type Pattern = z.infer<typeof Pattern>;

/** A run in which a pattern explained the data, so that no alert went out. */
export const Match = evidence(
  "assumed",
  model({
    id: z.int(),
    pattern_id: maybe(z.int()),
    metric_id: maybe(z.int()),
    metric_name: maybe(z.string()),
    /** Unix seconds. */
    timestamp: maybe(z.int()),
    timestamp_string: maybe(z.string()),
    label: maybe(z.string().nullable()),
    graph_url: maybe(z.string()),
  }),
);
export type Match = z.infer<typeof Match>;
