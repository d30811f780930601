import { z } from "zod";
import { evidence, maybe, model } from "./shape.ts";

/** A metric that the organization sends. */
export const Metric = evidence(
  "assumed",
  model({
    id: z.int(),
    /** Dotted name. */
    name: z.string(),
    /** Still sends data. */
    active: maybe(z.boolean()),
    /** Unix seconds, as all timestamps. */
    first_timestamp: maybe(z.int().nullable()),
    last_timestamp: maybe(z.int().nullable()),
    last_timestamp_string: maybe(z.string().nullable()),
    last_value: maybe(z.number().nullable()),
    anomalies_count: maybe(z.int()),
    last_anomaly_timestamp: maybe(z.int().nullable()),
    last_match_timestamp: maybe(z.int().nullable()),
  }),
);
export type Metric = z.infer<typeof Metric>;

/** One data point; null where there is a gap. */
export const Point = evidence("assumed", model({ timestamp: z.int(), value: z.number().nullable() }));
export type Point = z.infer<typeof Point>;

/** Predicted band at one moment. */
export const ExpectedRange = evidence(
  "assumed",
  model({ timestamp: z.int(), expected_range_lower: z.number(), expected_range_upper: z.number() }),
);
export type ExpectedRange = z.infer<typeof ExpectedRange>;
