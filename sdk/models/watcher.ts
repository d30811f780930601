import { z } from "zod";
import { User } from "./person.ts";
import { evidence, maybe, model, open, unsaid } from "./shape.ts";

/** One recipient of a watcher, in the style of the admin alerts. */
export const WatcherAlert = evidence(
  "assumed",
  model({
    method: open("email", "sms", "slack", "slack_mention", "ms_teams", "summary_email"),
    /**
     * User id as a text for email, sms, slack_mention and summary_email; channel name without `#` for slack; webhook URL for
     * ms_teams (a secret; it may turn out to be masked).
     */
    ref: z.string(),
    /** The person, where `ref` is a user id. */
    user: maybe(User),
  }),
);
export type WatcherAlert = z.infer<typeof WatcherAlert>;

/** The static rule of a threshold watcher. A metric has one rule of each condition: that of the watcher that comes last. */
export const Threshold = evidence(
  "assumed",
  model({
    condition: open("greater_than", "less_than", "drop_off_cliff"),
    /** Limit; a value must be above or below it, not equal. Null for `drop_off_cliff`, which has none. */
    value: unsaid(z.number().nullable()),
    /** How many data points in a row must break the rule. */
    times: z.int(),
    /** Compared in place of single data points. */
    function: maybe(open("mean", "median")),
    /** Window of the function. */
    function_seconds: maybe(z.int()),
    /** The least average that makes `drop_off_cliff` apply. */
    minimum_avg: maybe(z.number()),
    /** Window of that average. */
    minimum_avg_seconds: maybe(z.int()),
  }),
);
export type Threshold = z.infer<typeof Threshold>;

/** Notifies the chosen people about anomalies (or broken thresholds) in the metrics that match all chips. */
export const Watcher = evidence(
  "assumed",
  model({
    id: z.int(),
    /** Fixed at creation. */
    type: open("anomaly", "threshold"),
    /** Not known to be unique. */
    name: z.string(),
    /** Elements of metric names; a metric is watched when it matches all of them. The order carries no meaning. */
    chips: z.array(z.string()),
    /** Whether anybody is notified at all. */
    alert: z.boolean(),
    /** Who is notified and how. The order carries no meaning. */
    alerts: unsaid(z.array(WatcherAlert)),
    /** How long an alert keeps further ones for the same metric back; sent as `expiration_time` in `expiration_time_unit`. */
    expiration_seconds: z.int(),
    /** Same text as sent; null when summary reports are off. */
    summary_report_frequency: unsaid(z.string().nullable()),
    /** Null for type anomaly. */
    threshold: unsaid(Threshold.nullable()),
    /** Deletion is soft. */
    deleted: maybe(z.boolean()),
    /** Unix seconds. */
    created_timestamp: maybe(z.int()),
    created_string: maybe(z.string()),
    /** Unix seconds. */
    updated_timestamp: maybe(z.int()),
  }),
);
export type Watcher = z.infer<typeof Watcher>;

/** A part of a metric name that can be picked. */
export const Chip = evidence(
  "assumed",
  model({
    chip: z.string(),
    /** Metrics that remain when this chip is added to the chosen ones. */
    metrics_count: z.int(),
  }),
);
export type Chip = z.infer<typeof Chip>;
