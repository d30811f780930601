import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { assumed, maybe, model } from "../models/shape.ts";
import { Watcher } from "../models/watcher.ts";
import {
  choice,
  clearable,
  csv,
  csvIds,
  flag,
  integer,
  matching,
  number,
  optional,
  secret,
  text,
  unlessEmpty,
  url,
} from "../wire.ts";

const expirationUnit = choice("second", "minute", "hour", "day", "week");
const thresholdCondition = choice("greater_than", "less_than", "drop_off_cliff");
const thresholdFunction = choice("mean", "median");
const reportFrequency = matching(
  /^(daily-([01][0-9]|2[0-3]):[0-5][0-9]|weekly-(monday|tuesday|wednesday|thursday|friday|saturday|sunday)|monthly-([1-9]|[12][0-9]|3[01]))$/,
  "daily-HH:MM, weekly-<day of the week> or monthly-<1 to 31>",
);
const reply = model({ watcher: assumed(Watcher) });

const createParams = {
  /** Chips; a metric must match all. At least one, none with a comma. */
  chips: csv,
  /** Display name; not known to be unique. */
  name: text,
  /** Whether the watcher notifies anybody. @default false */
  alert: optional(flag),
  /** Name without `#`. */
  slack_channel: unlessEmpty(text),
  /** Webhook URL of a Microsoft Teams channel. A secret. */
  ms_teams_webhook: secret(unlessEmpty(url)),
  /**
   * How long further alerts for the same metric are held back, in `expiration_time_unit`. Send both or neither. A minimum exists;
   * 60 seconds is assumed.
   *
   * @default 3600
   */
  expiration_time: optional(number({ minimum: 0 })),
  /** @default "second" */
  expiration_time_unit: optional(expirationUnit),
  /** Ids of the users that get an e-mail per anomaly. */
  email_users: unlessEmpty(csvIds),
  /** Ids of the users that get a text message per anomaly; each needs a phone number. */
  sms_users: unlessEmpty(csvIds),
  /** Ids of the users mentioned in the Slack alert; each needs a Slack member id, and `slack_channel` must be set (assumed). */
  slack_mention_users: unlessEmpty(csvIds),
  /** When digests go out: `daily-09:30`, `weekly-monday` or `monthly-1`. None when left out. */
  summary_report_frequency: unlessEmpty(reportFrequency),
  /** Ids of the users that get the digest by e-mail; at least one when a frequency is set. */
  summary_report_users: unlessEmpty(csvIds),
  /** Send one test alert right after creation. Acts once and is never read back. @default false */
  fire_test_alert: optional(flag),
} as const;

/** Seen on the page of threshold watchers, or named there in words; the other names are assumed. */
const watcherNames = {
  chips: "inferred",
  name: "inferred",
  expiration_time: "inferred",
  expiration_time_unit: "inferred",
  summary_report_frequency: "inferred",
} as const;

/** One watcher: who hears about which metrics. To read one, list them and pick: see the group `watchers`. */
export const watcher = {
  /**
   * Creates an anomaly watcher.
   *
   * A write that is not repeated blindly: names are not known to be unique, so look with `watchers.list` after an error with
   * outcome `unknown`. Evidence: inferred; most parameter names and the reply are assumed.
   */
  create: defineEndpoint({
    operation: "createWatcher",
    method: "POST",
    path: "/watcher/create",
    call: "non-idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    names: watcherNames,
    params: createParams,
    data: reply,
  }),

  /**
   * Creates a threshold watcher.
   *
   * As `create`, and the rule. Evidence: documented, but the vendor calls it "designing", and the rule's parameters are assumed.
   */
  createThreshold: defineEndpoint({
    operation: "createThresholdWatcher",
    method: "POST",
    path: "/watcher/threshold",
    call: "non-idempotent",
    auth: "token-or-session",
    evidence: "documented",
    names: {
      ...watcherNames,
      expiration_time: "documented",
      expiration_time_unit: "documented",
      summary_report_frequency: "documented",
    },
    params: {
      ...createParams,
      /** Kind of rule. A metric has one of each kind: that of a later watcher replaces that of an earlier one. */
      threshold_condition: thresholdCondition,
      /** Limit of the rule. Needed, except for `drop_off_cliff`, which has none. */
      threshold_value: unlessEmpty(number()),
      /** Data points in a row that must break the rule. @default 1 */
      threshold_times: unlessEmpty(integer),
      /** Compare that of the last `threshold_function_seconds` instead of single data points. */
      threshold_function: unlessEmpty(thresholdFunction),
      /** Window of `threshold_function`. */
      threshold_function_seconds: unlessEmpty(integer),
      /** For `drop_off_cliff`, the least average that makes the check apply. Needs `threshold_minimum_avg_seconds`. */
      threshold_minimum_avg: unlessEmpty(number()),
      /** For `drop_off_cliff`, the window of that average. */
      threshold_minimum_avg_seconds: unlessEmpty(integer),
    },
    data: reply,
  }),

  /**
   * Changes a watcher of either type; the type itself cannot change.
   *
   * A parameter that is left out keeps its value; `null`, `""` or `[]` clear one that can be cleared (both assumed). The rule's
   * parameters are refused with 400 on an anomaly watcher, a deleted watcher answers 404 (assumed). Evidence: inferred.
   */
  update: defineEndpoint({
    operation: "updateWatcher",
    method: "POST",
    path: "/watcher/{watcher_id}/update",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    names: watcherNames,
    params: {
      watcher_id: integer,
      /** Chips; a metric must match all. At least one, none with a comma. */
      chips: optional(csv),
      name: optional(text),
      alert: optional(flag),
      slack_channel: clearable(text),
      /** A secret. */
      ms_teams_webhook: secret(clearable(url)),
      /** Send `expiration_time_unit` with it. */
      expiration_time: optional(number({ minimum: 0 })),
      expiration_time_unit: optional(expirationUnit),
      email_users: clearable(csvIds),
      sms_users: clearable(csvIds),
      slack_mention_users: clearable(csvIds),
      summary_report_frequency: clearable(reportFrequency),
      summary_report_users: clearable(csvIds),
      threshold_condition: optional(thresholdCondition),
      threshold_value: clearable(number()),
      threshold_times: clearable(integer),
      threshold_function: clearable(thresholdFunction),
      threshold_function_seconds: clearable(integer),
      threshold_minimum_avg: clearable(number()),
      threshold_minimum_avg_seconds: clearable(integer),
    },
    data: reply,
  }),

  /**
   * Deletes a watcher, softly: `undelete` brings it back.
   *
   * One that is deleted already answers the same again, an unknown id answers 404 (both assumed). Evidence: inferred.
   */
  delete: defineEndpoint({
    operation: "deleteWatcher",
    method: "POST",
    path: "/watcher/{watcher_id}/delete",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: { watcher_id: integer },
    data: model({ message: assumed(maybe(z.string())), watcher: assumed(maybe(Watcher)) }),
  }),

  /**
   * Brings a deleted watcher back with its id and settings.
   *
   * One that is not deleted comes back unchanged (assumed). Evidence: inferred.
   */
  undelete: defineEndpoint({
    operation: "undeleteWatcher",
    method: "POST",
    path: "/watcher/{watcher_id}/undelete",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: { watcher_id: integer },
    data: reply,
  }),
};
