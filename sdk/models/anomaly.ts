import { z } from "zod";
import { Pattern } from "./pattern.ts";
import { assumed, documented, inferred, maybe, model } from "./shape.ts";

/** Whether the anomaly can be marked as expected. */
const Training = model({
  trainable: documented(maybe(z.boolean())),
  trainable_status: documented(maybe(z.string())),
  /** Unix seconds. */
  trainable_until_timestamp: inferred(maybe(z.int().nullable())),
  "30_day_trainable_from_timestamp": inferred(maybe(z.int().nullable())),
  "30_day_trainable_in": assumed(maybe(z.union([z.string(), z.int()]).nullable())),
});

/** A value that was not expected. */
export const Anomaly = model({
  id: documented(z.int()),
  metric_id: documented(maybe(z.int())),
  /** Metric name. */
  metric: documented(z.string()),
  value: documented(z.number()),
  score: documented(z.number()),
  /** Unix seconds. */
  timestamp: documented(z.int()),
  timestamp_string: documented(maybe(z.string())),
  /** Unix seconds. */
  until_timestamp: documented(maybe(z.int())),
  training: documented(maybe(Training)),
  patterns: inferred(maybe(z.array(Pattern))),
  pending_patterns: inferred(maybe(z.array(Pattern))),
  positive: documented(maybe(z.boolean())),
  expected_range_lower: documented(maybe(z.number())),
  expected_range_upper: documented(maybe(z.number())),
  expected_range_lower_string: documented(maybe(z.string())),
  expected_range_upper_string: documented(maybe(z.string())),
});
export type Anomaly = z.infer<typeof Anomaly>;
