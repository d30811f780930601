import type * as pulumi from "@pulumi/pulumi";
import type { DeepInput } from "./program/base-class.ts";

// Generated from provider/resources by `npm run generate`. Do not edit.
/** Inputs of Watcher. */
export interface WatcherArgs {
  /**
   * Display name. Not known to be unique in Anomify.
   *
   * Wire name: inferred.
   */
  name: DeepInput<string>;
  /**
   * Parts of metric names: a metric is watched when it matches all of them. A set: order and duplicates mean nothing.
   *
   * Wire name: inferred.
   */
  chips: DeepInput<string[]>;
  /**
   * Whether anybody is notified. Anomify's own default is false; a watcher in code is meant to notify people, so ours is true.
   *
   * Wire name: assumed.
   * @default true
   */
  alert?: DeepInput<boolean | null | undefined>;
  /**
   * People who get an e-mail per anomaly: e-mail address or user id.
   *
   * Wire name: assumed.
   * @default []
   */
  emailUsers?: DeepInput<(string | number)[] | null | undefined>;
  /**
   * People who get a text message per anomaly. Each needs a phone number.
   *
   * Wire name: assumed.
   * @default []
   */
  smsUsers?: DeepInput<(string | number)[] | null | undefined>;
  /**
   * Slack channel that is notified of each anomaly, with or without `#`. Must be connected to the organization.
   *
   * Wire name: assumed.
   */
  slackChannel?: DeepInput<string | null | undefined>;
  /**
   * People mentioned in the Slack message. Each needs a Slack member id; needs `slackChannel`.
   *
   * Wire name: assumed.
   * @default []
   */
  slackMentionUsers?: DeepInput<(string | number)[] | null | undefined>;
  /**
   * Webhook URL of a Microsoft Teams channel. A secret: encrypted in the state, never printed.
   *
   * Wire name: assumed.
   */
  msTeamsWebhook?: DeepInput<string | null | undefined>;
  /**
   * How long an alert holds back further ones for the same metric: `"90m"`, `"1h"` or `{ value: 90, unit: "minute" }`. Compared as seconds; at least 60 (assumed).
   *
   * Wire name: inferred.
   * @default "1h"
   */
  expiration?: DeepInput<string | { value: number; unit: "second" | "minute" | "hour" | "day" | "week" } | null | undefined>;
  /**
   * Digest by e-mail: `frequency` is `"daily-HH:MM"`, `"weekly-<weekday>"` or `"monthly-<day>"`; at least one recipient.
   *
   * Wire name: inferred.
   */
  summaryReport?: DeepInput<{
    /** When it goes out: `daily-HH:MM`, `weekly-<weekday>` or `monthly-<day>`. */
    frequency: "daily-09:00" | "weekly-monday" | "weekly-tuesday" | "weekly-wednesday" | "weekly-thursday" | "weekly-friday" | "weekly-saturday" | "weekly-sunday" | "monthly-1" | (string & Record<never, never>);
    /** Who gets it, at least one person: e-mail address or user id. */
    emailUsers: (string | number)[];
    } | null | undefined>;
  /**
   * Sends one test alert right after creation. Acts once; changing it later does nothing.
   *
   * Wire name: assumed.
   * @default false
   */
  fireTestAlertOnCreate?: DeepInput<boolean | null | undefined>;
  /**
   * Deletion is soft in Anomify: with true, creating brings back the one deleted watcher of this name, with its id, and updates it. Acts on create alone.
   *
   * Wire name: inferred.
   * @default false
   */
  undelete?: DeepInput<boolean | null | undefined>;
  /** Takes over what exists in Anomify instead of making it: its id, or true for the one with the same name and type, where none means that it is made. Refused when several fit. Acts on create alone; a test alert is never sent, and the id stays. A later destroy deletes it; the option `retainOnDelete` prevents that. */
  adopt?: DeepInput<string | boolean | null | undefined>;
}

/** Outputs of Watcher, in normal form; undefined where nothing is set or managed. */
export interface WatcherOutputs {
  /**
   * Display name. Not known to be unique in Anomify.
   *
   * Wire name: inferred.
   */
  readonly name: pulumi.Output<string>;
  /**
   * Parts of metric names: a metric is watched when it matches all of them. A set: order and duplicates mean nothing.
   *
   * Wire name: inferred.
   */
  readonly chips: pulumi.Output<string[]>;
  /**
   * Whether anybody is notified. Anomify's own default is false; a watcher in code is meant to notify people, so ours is true.
   *
   * Wire name: assumed.
   * @default true
   */
  readonly alert: pulumi.Output<boolean>;
  /**
   * People who get an e-mail per anomaly: e-mail address or user id.
   *
   * Wire name: assumed.
   * @default []
   */
  readonly emailUsers: pulumi.Output<(string | number)[]>;
  /**
   * People who get a text message per anomaly. Each needs a phone number.
   *
   * Wire name: assumed.
   * @default []
   */
  readonly smsUsers: pulumi.Output<(string | number)[]>;
  /**
   * Slack channel that is notified of each anomaly, with or without `#`. Must be connected to the organization.
   *
   * Wire name: assumed.
   */
  readonly slackChannel: pulumi.Output<string | undefined>;
  /**
   * People mentioned in the Slack message. Each needs a Slack member id; needs `slackChannel`.
   *
   * Wire name: assumed.
   * @default []
   */
  readonly slackMentionUsers: pulumi.Output<(string | number)[]>;
  /**
   * Webhook URL of a Microsoft Teams channel. A secret: encrypted in the state, never printed.
   *
   * Wire name: assumed.
   */
  readonly msTeamsWebhook: pulumi.Output<string | undefined>;
  /**
   * How long an alert holds back further ones for the same metric: `"90m"`, `"1h"` or `{ value: 90, unit: "minute" }`. Compared as seconds; at least 60 (assumed).
   *
   * Wire name: inferred.
   * @default "1h"
   */
  readonly expiration: pulumi.Output<string>;
  /**
   * Digest by e-mail: `frequency` is `"daily-HH:MM"`, `"weekly-<weekday>"` or `"monthly-<day>"`; at least one recipient.
   *
   * Wire name: inferred.
   */
  readonly summaryReport: pulumi.Output<{ frequency: string; emailUsers: (string | number)[] } | undefined>;
  /**
   * Sends one test alert right after creation. Acts once; changing it later does nothing.
   *
   * Wire name: assumed.
   * @default false
   */
  readonly fireTestAlertOnCreate: pulumi.Output<boolean>;
  /**
   * Deletion is soft in Anomify: with true, creating brings back the one deleted watcher of this name, with its id, and updates it. Acts on create alone.
   *
   * Wire name: inferred.
   * @default false
   */
  readonly undelete: pulumi.Output<boolean>;
  /** Takes over what exists in Anomify instead of making it: its id, or true for the one with the same name and type, where none means that it is made. Refused when several fit. Acts on create alone; a test alert is never sent, and the id stays. A later destroy deletes it; the option `retainOnDelete` prevents that. */
  readonly adopt: pulumi.Output<string | true | undefined>;
  /**
   * Id of the watcher in Anomify.
   *
   * Wire name: assumed.
   */
  readonly watcherId: pulumi.Output<number>;
  /** What it did to the organization's metrics when its selection last changed, such as `38 metrics, such as prod.db1.cpu.idle`. Shown by a preview; never compared. */
  readonly effect: pulumi.Output<string | undefined>;
  /** Time of this provider's last write, in unix seconds of the service's clock. A list older than this proves nothing about the resource. */
  readonly lastWrite: pulumi.Output<number>;
  /** The organization that it belongs to, such as `Acme Ltd (1)`: name and id. With the credential of another one nothing is changed. Absent until the first write of this release. */
  readonly organization: pulumi.Output<string | undefined>;
}

/** Inputs of ThresholdWatcher. */
export interface ThresholdWatcherArgs {
  /**
   * Display name. Not known to be unique in Anomify.
   *
   * Wire name: inferred.
   */
  name: DeepInput<string>;
  /**
   * Parts of metric names: a metric is watched when it matches all of them. A set: order and duplicates mean nothing.
   *
   * Wire name: inferred.
   */
  chips: DeepInput<string[]>;
  /**
   * Whether anybody is notified. Anomify's own default is false; a watcher in code is meant to notify people, so ours is true.
   *
   * Wire name: assumed.
   * @default true
   */
  alert?: DeepInput<boolean | null | undefined>;
  /**
   * People who get an e-mail per anomaly: e-mail address or user id.
   *
   * Wire name: assumed.
   * @default []
   */
  emailUsers?: DeepInput<(string | number)[] | null | undefined>;
  /**
   * People who get a text message per anomaly. Each needs a phone number.
   *
   * Wire name: assumed.
   * @default []
   */
  smsUsers?: DeepInput<(string | number)[] | null | undefined>;
  /**
   * Slack channel that is notified of each anomaly, with or without `#`. Must be connected to the organization.
   *
   * Wire name: assumed.
   */
  slackChannel?: DeepInput<string | null | undefined>;
  /**
   * People mentioned in the Slack message. Each needs a Slack member id; needs `slackChannel`.
   *
   * Wire name: assumed.
   * @default []
   */
  slackMentionUsers?: DeepInput<(string | number)[] | null | undefined>;
  /**
   * Webhook URL of a Microsoft Teams channel. A secret: encrypted in the state, never printed.
   *
   * Wire name: assumed.
   */
  msTeamsWebhook?: DeepInput<string | null | undefined>;
  /**
   * How long an alert holds back further ones for the same metric: `"90m"`, `"1h"` or `{ value: 90, unit: "minute" }`. Compared as seconds; at least 60 (assumed).
   *
   * Wire name: inferred.
   * @default "1h"
   */
  expiration?: DeepInput<string | { value: number; unit: "second" | "minute" | "hour" | "day" | "week" } | null | undefined>;
  /**
   * Digest by e-mail: `frequency` is `"daily-HH:MM"`, `"weekly-<weekday>"` or `"monthly-<day>"`; at least one recipient.
   *
   * Wire name: inferred.
   */
  summaryReport?: DeepInput<{
    /** When it goes out: `daily-HH:MM`, `weekly-<weekday>` or `monthly-<day>`. */
    frequency: "daily-09:00" | "weekly-monday" | "weekly-tuesday" | "weekly-wednesday" | "weekly-thursday" | "weekly-friday" | "weekly-saturday" | "weekly-sunday" | "monthly-1" | (string & Record<never, never>);
    /** Who gets it, at least one person: e-mail address or user id. */
    emailUsers: (string | number)[];
    } | null | undefined>;
  /**
   * Sends one test alert right after creation. Acts once; changing it later does nothing.
   *
   * Wire name: assumed.
   * @default false
   */
  fireTestAlertOnCreate?: DeepInput<boolean | null | undefined>;
  /**
   * Deletion is soft in Anomify: with true, creating brings back the one deleted watcher of this name, with its id, and updates it. Acts on create alone.
   *
   * Wire name: inferred.
   * @default false
   */
  undelete?: DeepInput<boolean | null | undefined>;
  /** Takes over what exists in Anomify instead of making it: its id, or true for the one with the same name and type, where none means that it is made. Refused when several fit. Acts on create alone; a test alert is never sent, and the id stays. A later destroy deletes it; the option `retainOnDelete` prevents that. */
  adopt?: DeepInput<string | boolean | null | undefined>;
  /**
   * The rule. `greater_than` and `less_than` have a limit `value` (strict: a value must be above or below it) and `times`, the data points in a row that must break it (default 1); with `function` (mean or median) over `functionSeconds` that is compared instead of single data points. `drop_off_cliff` has no limit: with `minimumAvg` over `minimumAvgSeconds` it applies to metrics whose average is at least that. A metric has one rule of each condition: that of a later watcher replaces that of an earlier one.
   *
   * Wire name: assumed.
   */
  threshold: DeepInput<{
    /** What breaks the rule: a value above or below the limit, or a sudden drop against the metric's own past. */
    condition: "greater_than" | "less_than" | "drop_off_cliff";
    /** Limit; a value must be above or below it, not equal. Not for `drop_off_cliff`, which has none. */
    value?: number;
    /** How many data points in a row must break the rule; 1 when left out. */
    times?: number;
    /** Compared over `functionSeconds` in place of single data points. */
    function?: "mean" | "median";
    /** Window of `function`, in seconds. */
    functionSeconds?: number;
    /** Least average of a metric to which `drop_off_cliff` applies. */
    minimumAvg?: number;
    /** Window of `minimumAvg`, in seconds. */
    minimumAvgSeconds?: number;
    }>;
  /**
   * Lets the chips match more than 200 metrics, with a warning. Otherwise that is an error, since the rule then watches nothing (assumed).
   * @default false
   */
  ignoreMetricLimit?: DeepInput<boolean | null | undefined>;
}

/** Outputs of ThresholdWatcher, in normal form; undefined where nothing is set or managed. */
export interface ThresholdWatcherOutputs {
  /**
   * Display name. Not known to be unique in Anomify.
   *
   * Wire name: inferred.
   */
  readonly name: pulumi.Output<string>;
  /**
   * Parts of metric names: a metric is watched when it matches all of them. A set: order and duplicates mean nothing.
   *
   * Wire name: inferred.
   */
  readonly chips: pulumi.Output<string[]>;
  /**
   * Whether anybody is notified. Anomify's own default is false; a watcher in code is meant to notify people, so ours is true.
   *
   * Wire name: assumed.
   * @default true
   */
  readonly alert: pulumi.Output<boolean>;
  /**
   * People who get an e-mail per anomaly: e-mail address or user id.
   *
   * Wire name: assumed.
   * @default []
   */
  readonly emailUsers: pulumi.Output<(string | number)[]>;
  /**
   * People who get a text message per anomaly. Each needs a phone number.
   *
   * Wire name: assumed.
   * @default []
   */
  readonly smsUsers: pulumi.Output<(string | number)[]>;
  /**
   * Slack channel that is notified of each anomaly, with or without `#`. Must be connected to the organization.
   *
   * Wire name: assumed.
   */
  readonly slackChannel: pulumi.Output<string | undefined>;
  /**
   * People mentioned in the Slack message. Each needs a Slack member id; needs `slackChannel`.
   *
   * Wire name: assumed.
   * @default []
   */
  readonly slackMentionUsers: pulumi.Output<(string | number)[]>;
  /**
   * Webhook URL of a Microsoft Teams channel. A secret: encrypted in the state, never printed.
   *
   * Wire name: assumed.
   */
  readonly msTeamsWebhook: pulumi.Output<string | undefined>;
  /**
   * How long an alert holds back further ones for the same metric: `"90m"`, `"1h"` or `{ value: 90, unit: "minute" }`. Compared as seconds; at least 60 (assumed).
   *
   * Wire name: inferred.
   * @default "1h"
   */
  readonly expiration: pulumi.Output<string>;
  /**
   * Digest by e-mail: `frequency` is `"daily-HH:MM"`, `"weekly-<weekday>"` or `"monthly-<day>"`; at least one recipient.
   *
   * Wire name: inferred.
   */
  readonly summaryReport: pulumi.Output<{ frequency: string; emailUsers: (string | number)[] } | undefined>;
  /**
   * Sends one test alert right after creation. Acts once; changing it later does nothing.
   *
   * Wire name: assumed.
   * @default false
   */
  readonly fireTestAlertOnCreate: pulumi.Output<boolean>;
  /**
   * Deletion is soft in Anomify: with true, creating brings back the one deleted watcher of this name, with its id, and updates it. Acts on create alone.
   *
   * Wire name: inferred.
   * @default false
   */
  readonly undelete: pulumi.Output<boolean>;
  /** Takes over what exists in Anomify instead of making it: its id, or true for the one with the same name and type, where none means that it is made. Refused when several fit. Acts on create alone; a test alert is never sent, and the id stays. A later destroy deletes it; the option `retainOnDelete` prevents that. */
  readonly adopt: pulumi.Output<string | true | undefined>;
  /**
   * The rule. `greater_than` and `less_than` have a limit `value` (strict: a value must be above or below it) and `times`, the data points in a row that must break it (default 1); with `function` (mean or median) over `functionSeconds` that is compared instead of single data points. `drop_off_cliff` has no limit: with `minimumAvg` over `minimumAvgSeconds` it applies to metrics whose average is at least that. A metric has one rule of each condition: that of a later watcher replaces that of an earlier one.
   *
   * Wire name: assumed.
   */
  readonly threshold: pulumi.Output<{ condition: "greater_than" | "less_than" | "drop_off_cliff"; value?: number; times?: number; function?: "mean" | "median"; functionSeconds?: number; minimumAvg?: number; minimumAvgSeconds?: number }>;
  /**
   * Lets the chips match more than 200 metrics, with a warning. Otherwise that is an error, since the rule then watches nothing (assumed).
   * @default false
   */
  readonly ignoreMetricLimit: pulumi.Output<boolean>;
  /**
   * Id of the watcher in Anomify.
   *
   * Wire name: assumed.
   */
  readonly watcherId: pulumi.Output<number>;
  /** What it did to the organization's metrics when its selection last changed, such as `38 metrics, such as prod.db1.cpu.idle`. Shown by a preview; never compared. */
  readonly effect: pulumi.Output<string | undefined>;
  /** Time of this provider's last write, in unix seconds of the service's clock. A list older than this proves nothing about the resource. */
  readonly lastWrite: pulumi.Output<number>;
  /** The organization that it belongs to, such as `Acme Ltd (1)`: name and id. With the credential of another one nothing is changed. Absent until the first write of this release. */
  readonly organization: pulumi.Output<string | undefined>;
}

/** Inputs of Exclusion. */
export interface ExclusionArgs {
  /**
   * Key of an exclusion type, as Anomify lists them. An unknown key is a warning, since the set is open.
   *
   * Wire name: assumed.
   */
  type: DeepInput<"skip_analysis" | "skip_metrics" | "drop_metrics" | "no_stale_alert" | "no_learning" | "learn_repetitive_patterns" | "alert_on_stale_metrics" | (string & Record<never, never>)>;
  /**
   * What metric names are compared with. How Anomify matches is not documented.
   *
   * Wire name: assumed.
   */
  pattern: DeepInput<string>;
  /**
   * Reason, for people.
   *
   * Wire name: assumed.
   */
  note?: DeepInput<string | null | undefined>;
  /** Most metrics that the pattern may leave out: a wider one is an error in the preview. Stays in the program. `anomify:exclusionMaxMetrics` sets one for all. */
  maxMetrics?: DeepInput<number | null | undefined>;
  /** Last day on which it is meant to be there, such as `2027-01-31` (UTC). Afterwards each preview warns, or fails with `anomify:strict`, and `anomify drift` lists it. Stays in the program: Anomify ends nothing by itself. */
  until?: DeepInput<string | null | undefined>;
  /** Takes over what exists in Anomify instead of making it: its id, or true for the one with the same type, pattern and note, where none means that it is made. Refused when several fit. Acts on create alone; a test alert is never sent, and the id stays. A later destroy deletes it; the option `retainOnDelete` prevents that. */
  adopt?: DeepInput<string | boolean | null | undefined>;
}

/** Outputs of Exclusion, in normal form; undefined where nothing is set or managed. */
export interface ExclusionOutputs {
  /**
   * Key of an exclusion type, as Anomify lists them. An unknown key is a warning, since the set is open.
   *
   * Wire name: assumed.
   */
  readonly type: pulumi.Output<string>;
  /**
   * What metric names are compared with. How Anomify matches is not documented.
   *
   * Wire name: assumed.
   */
  readonly pattern: pulumi.Output<string>;
  /**
   * Reason, for people.
   *
   * Wire name: assumed.
   */
  readonly note: pulumi.Output<string | undefined>;
  /** Most metrics that the pattern may leave out: a wider one is an error in the preview. Stays in the program. `anomify:exclusionMaxMetrics` sets one for all. */
  readonly maxMetrics: pulumi.Output<number | undefined>;
  /** Last day on which it is meant to be there, such as `2027-01-31` (UTC). Afterwards each preview warns, or fails with `anomify:strict`, and `anomify drift` lists it. Stays in the program: Anomify ends nothing by itself. */
  readonly until: pulumi.Output<string | undefined>;
  /** Takes over what exists in Anomify instead of making it: its id, or true for the one with the same type, pattern and note, where none means that it is made. Refused when several fit. Acts on create alone; a test alert is never sent, and the id stays. A later destroy deletes it; the option `retainOnDelete` prevents that. */
  readonly adopt: pulumi.Output<string | true | undefined>;
  /**
   * Id of the exclusion in Anomify.
   *
   * Wire name: assumed.
   */
  readonly exclusionId: pulumi.Output<number>;
  /** What it did to the organization's metrics when its selection last changed, such as `38 metrics, such as prod.db1.cpu.idle`. Shown by a preview; never compared. */
  readonly effect: pulumi.Output<string | undefined>;
  /** Time of this provider's last write, in unix seconds of the service's clock. A list older than this proves nothing about the resource. */
  readonly lastWrite: pulumi.Output<number>;
  /** The organization that it belongs to, such as `Acme Ltd (1)`: name and id. With the credential of another one nothing is changed. Absent until the first write of this release. */
  readonly organization: pulumi.Output<string | undefined>;
}

/** Inputs of AdminAlert. */
export interface AdminAlertArgs {
  /**
   * Which of the two admin alerts this is.
   *
   * Wire name: documented.
   */
  alert: DeepInput<"all-metrics-stopped" | "some-metrics-stopped">;
  /**
   * Whether the alert goes out.
   *
   * Wire name: documented.
   * @default true
   */
  enabled?: DeepInput<boolean | null | undefined>;
  /**
   * People who get an e-mail: e-mail address or user id. Left out or null: not managed, the list stays as it is. An empty list clears it.
   *
   * Wire name: documented.
   */
  emailUsers?: DeepInput<(string | number)[] | null | undefined>;
  /**
   * People who get a text message: e-mail address or user id. Left out or null: not managed, the list stays as it is. An empty list clears it.
   *
   * Wire name: documented.
   */
  smsUsers?: DeepInput<(string | number)[] | null | undefined>;
  /**
   * Slack channel that is notified, with or without `#`. Left out or null: not managed, it stays as it is. `""` clears it.
   *
   * Wire name: documented.
   */
  slackChannel?: DeepInput<string | null | undefined>;
  /**
   * How long silence must last before the alert goes out, in seconds; at least 300. Left out or null: not managed.
   *
   * Wire name: documented.
   */
  waitSeconds?: DeepInput<number | null | undefined>;
  /**
   * What happens when the resource is deleted: `"release"` leaves everything as it is, `"restore"` puts back what was there before.
   * @default "release"
   */
  onDelete?: DeepInput<"release" | "restore" | null | undefined>;
}

/** Outputs of AdminAlert, in normal form; undefined where nothing is set or managed. */
export interface AdminAlertOutputs {
  /**
   * Which of the two admin alerts this is.
   *
   * Wire name: documented.
   */
  readonly alert: pulumi.Output<"all-metrics-stopped" | "some-metrics-stopped">;
  /**
   * Whether the alert goes out.
   *
   * Wire name: documented.
   * @default true
   */
  readonly enabled: pulumi.Output<boolean>;
  /**
   * People who get an e-mail: e-mail address or user id. Left out or null: not managed, the list stays as it is. An empty list clears it.
   *
   * Wire name: documented.
   */
  readonly emailUsers: pulumi.Output<(string | number)[] | undefined>;
  /**
   * People who get a text message: e-mail address or user id. Left out or null: not managed, the list stays as it is. An empty list clears it.
   *
   * Wire name: documented.
   */
  readonly smsUsers: pulumi.Output<(string | number)[] | undefined>;
  /**
   * Slack channel that is notified, with or without `#`. Left out or null: not managed, it stays as it is. `""` clears it.
   *
   * Wire name: documented.
   */
  readonly slackChannel: pulumi.Output<string | undefined>;
  /**
   * How long silence must last before the alert goes out, in seconds; at least 300. Left out or null: not managed.
   *
   * Wire name: documented.
   */
  readonly waitSeconds: pulumi.Output<number | undefined>;
  /**
   * What happens when the resource is deleted: `"release"` leaves everything as it is, `"restore"` puts back what was there before.
   * @default "release"
   */
  readonly onDelete: pulumi.Output<"release" | "restore">;
  /** What was there before this resource: what `onDelete: "restore"` puts back. */
  readonly previous: pulumi.Output<{ enabled: boolean; emailUsers: number[]; smsUsers: number[]; slackChannel: string; waitSeconds: number }>;
  /** Time of this provider's last write, in unix seconds of the service's clock. A list older than this proves nothing about the resource. */
  readonly lastWrite: pulumi.Output<number>;
  /** The organization that it belongs to, such as `Acme Ltd (1)`: name and id. With the credential of another one nothing is changed. Absent until the first write of this release. */
  readonly organization: pulumi.Output<string | undefined>;
}

/** Inputs of OrgSettings. */
export interface OrgSettingsArgs {
  /**
   * Display name. Left out or null: not managed. It cannot be empty.
   *
   * Wire name: assumed.
   */
  name?: DeepInput<string | null | undefined>;
  /**
   * IANA time zone, such as `Europe/London`, as Anomify lists it. Left out or null: not managed.
   *
   * Wire name: assumed.
   */
  timezone?: DeepInput<"UTC" | "Europe/London" | "Europe/Berlin" | "Europe/Paris" | "Europe/Madrid" | "America/New_York" | "America/Chicago" | "America/Denver" | "America/Los_Angeles" | "America/Sao_Paulo" | "Asia/Dubai" | "Asia/Kolkata" | "Asia/Singapore" | "Asia/Shanghai" | "Asia/Tokyo" | "Australia/Sydney" | "Pacific/Auckland" | (string & Record<never, never>) | null | undefined>;
  /**
   * What happens when the resource is deleted: `"release"` leaves everything as it is, `"restore"` puts back what was there before.
   * @default "release"
   */
  onDelete?: DeepInput<"release" | "restore" | null | undefined>;
}

/** Outputs of OrgSettings, in normal form; undefined where nothing is set or managed. */
export interface OrgSettingsOutputs {
  /**
   * Display name. Left out or null: not managed. It cannot be empty.
   *
   * Wire name: assumed.
   */
  readonly name: pulumi.Output<string | undefined>;
  /**
   * IANA time zone, such as `Europe/London`, as Anomify lists it. Left out or null: not managed.
   *
   * Wire name: assumed.
   */
  readonly timezone: pulumi.Output<string | undefined>;
  /**
   * What happens when the resource is deleted: `"release"` leaves everything as it is, `"restore"` puts back what was there before.
   * @default "release"
   */
  readonly onDelete: pulumi.Output<"release" | "restore">;
  /**
   * Id of the organization in Anomify.
   *
   * Wire name: documented.
   */
  readonly orgId: pulumi.Output<number>;
  /** What was there before this resource: what `onDelete: "restore"` puts back. */
  readonly previous: pulumi.Output<{ name: string; timezone: string }>;
  /** Time of this provider's last write, in unix seconds of the service's clock. A list older than this proves nothing about the resource. */
  readonly lastWrite: pulumi.Output<number>;
  /** The organization that it belongs to, such as `Acme Ltd (1)`: name and id. With the credential of another one nothing is changed. Absent until the first write of this release. */
  readonly organization: pulumi.Output<string | undefined>;
}

/** Inputs of User. */
export interface UserArgs {
  /**
   * Identity: the e-mail address of an existing member.
   *
   * Wire name: documented.
   */
  email: DeepInput<string>;
  /**
   * Display name. Left out or null: not managed.
   *
   * Wire name: assumed.
   */
  name?: DeepInput<string | null | undefined>;
  /**
   * Phone number in E.164 form; needed for text messages. Left out or null: not managed. `""` clears it.
   *
   * Wire name: assumed.
   */
  phoneNumber?: DeepInput<string | null | undefined>;
  /**
   * Slack member id; needed for mentions. Left out or null: not managed. `""` clears it.
   *
   * Wire name: assumed.
   */
  slackMemberId?: DeepInput<string | null | undefined>;
  /**
   * Whether e-mail alerts reach this person. Left out or null: not managed.
   *
   * Wire name: assumed.
   */
  emailAlerts?: DeepInput<boolean | null | undefined>;
  /**
   * `"release"` leaves the person in Anomify, `"remove"` deletes them there; that cannot be undone through the API.
   * @default "release"
   */
  onDelete?: DeepInput<"release" | "remove" | null | undefined>;
}

/** Outputs of User, in normal form; undefined where nothing is set or managed. */
export interface UserOutputs {
  /**
   * Identity: the e-mail address of an existing member.
   *
   * Wire name: documented.
   */
  readonly email: pulumi.Output<string>;
  /**
   * Display name. Left out or null: not managed.
   *
   * Wire name: assumed.
   */
  readonly name: pulumi.Output<string | undefined>;
  /**
   * Phone number in E.164 form; needed for text messages. Left out or null: not managed. `""` clears it.
   *
   * Wire name: assumed.
   */
  readonly phoneNumber: pulumi.Output<string | undefined>;
  /**
   * Slack member id; needed for mentions. Left out or null: not managed. `""` clears it.
   *
   * Wire name: assumed.
   */
  readonly slackMemberId: pulumi.Output<string | undefined>;
  /**
   * Whether e-mail alerts reach this person. Left out or null: not managed.
   *
   * Wire name: assumed.
   */
  readonly emailAlerts: pulumi.Output<boolean | undefined>;
  /**
   * `"release"` leaves the person in Anomify, `"remove"` deletes them there; that cannot be undone through the API.
   * @default "release"
   */
  readonly onDelete: pulumi.Output<"release" | "remove">;
  /**
   * Id of the person in Anomify.
   *
   * Wire name: documented.
   */
  readonly userId: pulumi.Output<number>;
  /** Time of this provider's last write, in unix seconds of the service's clock. A list older than this proves nothing about the resource. */
  readonly lastWrite: pulumi.Output<number>;
  /** The organization that it belongs to, such as `Acme Ltd (1)`: name and id. With the credential of another one nothing is changed. Absent until the first write of this release. */
  readonly organization: pulumi.Output<string | undefined>;
}
