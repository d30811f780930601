// Generated from sdk/models and sdk/endpoints by `npm run generate`. Do not edit.

/** Alert about the data feed itself. */
export interface AdminAlert {
  /** Kind: 1 = no metric at all sends data any more, 2 = some metrics stopped. The engine numbers three more, which cannot be set. */
  id: number;
  /** How long silence must last before the alert goes out. */
  wait_seconds: number;
  enabled: boolean;
  name?: string | undefined;
  /** Seen: 3600; 0 holds nothing back. There is no parameter to set it. */
  expiration_seconds?: number | undefined;
  alerts?: AdminAlertTarget[] | undefined;
}

/** One recipient of an admin alert. */
export interface AdminAlertTarget {
  /** Only `email` was seen in the documentation. */
  method: "email" | "sms" | "slack" | (string & Record<never, never>);
  /** The user id as a text; for `slack` the channel name without `#` (inferred). */
  ref: string;
  /** Taken to be missing for `slack`. */
  user?: User | undefined;
}

/** A value that was not expected. */
export interface Anomaly {
  id: number;
  /** Metric name. */
  metric: string;
  value: number;
  score: number;
  /** Unix seconds. */
  timestamp: number;
  metric_id?: number | undefined;
  timestamp_string?: string | undefined;
  /** Unix seconds. */
  until_timestamp?: number | undefined;
  training?: {
    trainable?: boolean | undefined;
    trainable_status?: string | undefined;
    /** Unix seconds. */
    trainable_until_timestamp?: number | null | undefined;
    "30_day_trainable_from_timestamp"?: number | null | undefined;
    "30_day_trainable_in"?: string | number | null | undefined;
  } | undefined;
  patterns?: Pattern[] | undefined;
  pending_patterns?: Pattern[] | undefined;
  positive?: boolean | undefined;
  expected_range_lower?: number | undefined;
  expected_range_upper?: number | undefined;
  expected_range_lower_string?: string | undefined;
  expected_range_upper_string?: string | undefined;
}

/** Metrics left out of something. There is no update: change means add and delete. */
export interface Exclusion {
  id: number;
  /** Key of an exclusion type. */
  type: string;
  pattern: string;
  note?: string | null | undefined;
  /** Unix seconds. */
  created_timestamp?: number | undefined;
  /** Null when made with the organization token. */
  created_user?: User | null | undefined;
}

/** Kind of exclusion. The set is open and must be read at run time. */
export interface ExclusionType {
  type: string;
  name?: string | undefined;
  description?: string | undefined;
}

/** A picture: its bytes, and its media type as sent, e.g. `image/png`. */
export interface Image {
  bytes: Uint8Array;
  contentType: string;
}

/** Predicted band at one moment. */
export interface ExpectedRange {
  timestamp: number;
  expected_range_lower: number;
  expected_range_upper: number;
}

/** A metric that the organization sends. */
export interface Metric {
  id: number;
  /** Dotted name. */
  name: string;
  /** Still sends data. */
  active?: boolean | undefined;
  /** Unix seconds, as all timestamps. */
  first_timestamp?: number | null | undefined;
  last_timestamp?: number | null | undefined;
  last_timestamp_string?: string | null | undefined;
  last_value?: number | null | undefined;
  anomalies_count?: number | undefined;
  last_anomaly_timestamp?: number | null | undefined;
  last_match_timestamp?: number | null | undefined;
}

/** One data point; null where there is a gap. */
export interface Point {
  timestamp: number;
  value: number | null;
}

/** A run in which a pattern explained the data, so that no alert went out. */
export interface Match {
  id: number;
  pattern_id?: number | undefined;
  metric_id?: number | undefined;
  metric_name?: string | undefined;
  /** Unix seconds. */
  timestamp?: number | undefined;
  timestamp_string?: string | undefined;
  label?: string | null | undefined;
  graph_url?: string | undefined;
}

/** A shape that was learnt as expected. Which fields may be null is not documented. */
export interface Pattern {
  id: number;
  parent_id?: number | null | undefined;
  group_id?: number | null | undefined;
  /** Seen: `machine`. */
  creator_type?: string | undefined;
  creator_user_id?: number | null | undefined;
  creator_user_display_name?: string | null | undefined;
  metric_id?: number | undefined;
  metric_name?: string | undefined;
  /** Seconds. */
  duration?: number | undefined;
  duration_string?: string | undefined;
  anomaly_timestamp?: number | null | undefined;
  created_timestamp?: number | undefined;
  created_string?: string | undefined;
  enabled?: boolean | undefined;
  /** Seen: `trained`. */
  origin?: string | undefined;
  layers?: boolean | undefined;
  checks?: number | undefined;
  matches?: number | undefined;
  /** E.g. `33%`. */
  match_rate?: string | undefined;
  match_rate_string?: string | undefined;
  last_match_timestamp?: number | null | undefined;
  last_match_string?: string | null | undefined;
  label?: string | null | undefined;
  positive?: boolean | undefined;
  anomaly_id?: number | null | undefined;
  anomaly_value?: number | null | undefined;
  deletable?: boolean | undefined;
  /** Absolute URL. */
  graph_url?: string | undefined;
}

/** Slack channel of the connected workspace. */
export interface Channel {
  /** Without `#`. */
  name: string;
  id?: string | undefined;
  private?: boolean | undefined;
}

/** Organization. The two onboarding shapes and `connected_services` are each optional. */
export interface Org {
  id: number;
  name: string;
  /** IANA name, e.g. `Europe/London`. */
  timezone: string;
  alert_muting?: {
    muted?: boolean | undefined;
    /** Unix seconds. */
    muted_until_timestamp?: number | null | undefined;
    muted_until_timestamp_string?: string | null | undefined;
    minutes_remaining?: number | null | undefined;
  } | undefined;
  onboarding_status_id?: number | undefined;
  onboarding_status?: {
    id?: number | undefined;
    name?: string | undefined;
  } | undefined;
  connected_services?: {
    slack?: boolean | undefined;
    ms_teams?: boolean | undefined;
  } | undefined;
}

/** A login. That `user` is missing until the second factor is given is assumed, hence optional. */
export interface Session {
  /** 32 lower-case hex characters. A secret. */
  id: string;
  user?: User | undefined;
}

/** Person. */
export interface User {
  id: number;
  /** May be empty. */
  name: string;
  email: string;
  org_id?: number | undefined;
  /** International form; null when unknown, and then no SMS can reach the person. */
  phone_number?: string | null | undefined;
  /** Null when unknown, and then no Slack mention can reach the person. */
  slack_member_id?: string | null | undefined;
  demo?: boolean | undefined;
  admin?: boolean | undefined;
  org?: Org | undefined;
  notifications?: {
    email_alerts?: boolean | undefined;
  } | undefined;
  onboarding_flags?: OnboardingFlags | undefined;
}

/** Which first steps in the dashboard are done. More keys may follow. */
export interface OnboardingFlags {
  main_intro?: boolean | undefined;
  alerts_intro?: boolean | undefined;
  alerts_from_search?: boolean | undefined;
  training_intro?: boolean | undefined;
  alert_created?: boolean | undefined;
  test_alert_sent?: boolean | undefined;
  two_alerts_sent?: boolean | undefined;
  pattern_trained?: boolean | undefined;
}

/** First half of every reply, as sent, but without the session that the server may tie to a request: it is never adopted. */
export interface ReplyStatus {
  /** Mirrors the HTTP status. */
  readonly code: number;
  /** When the reply was made, unix seconds. */
  readonly created_timestamp?: number | undefined;
  /** The same moment for people. */
  readonly created_string?: string | undefined;
  /** Seconds spent on the reply (unit inferred). */
  readonly duration?: number | undefined;
  readonly language?: string | undefined;
  readonly timezone?: {
    timezone_type?: number | undefined;
    timezone?: string | undefined;
  } | undefined;
  /** Age of the oldest cached part of the reply, in seconds (unit inferred); 0 when nothing came from a cache. */
  readonly oldest_cached_component_age?: number | undefined;
  readonly org_onboarding_status_id?: number | undefined;
  /** Host that answered. */
  readonly api_host?: string | undefined;
  readonly user_onboarding_flags?: OnboardingFlags | undefined;
}

/** A part of a metric name that can be picked. */
export interface Chip {
  chip: string;
  /** Metrics that remain when this chip is added to the chosen ones. */
  metrics_count: number;
}

/** The static rule of a threshold watcher. A metric has one rule of each condition: that of the watcher that comes last. */
export interface Threshold {
  condition: "greater_than" | "less_than" | "drop_off_cliff" | (string & Record<never, never>);
  /** How many data points in a row must break the rule. */
  times: number;
  /** Limit; a value must be above or below it, not equal. Null for `drop_off_cliff`, which has none. */
  value?: number | null | undefined;
  /** Compared in place of single data points. */
  function?: "mean" | "median" | (string & Record<never, never>) | undefined;
  /** Window of the function. */
  function_seconds?: number | undefined;
  /** The least average that makes `drop_off_cliff` apply. */
  minimum_avg?: number | undefined;
  /** Window of that average. */
  minimum_avg_seconds?: number | undefined;
}

/** Notifies the chosen people about anomalies (or broken thresholds) in the metrics that match all chips. */
export interface Watcher {
  id: number;
  /** Fixed at creation. */
  type: "anomaly" | "threshold" | (string & Record<never, never>);
  /** Not known to be unique. */
  name: string;
  /** Elements of metric names; a metric is watched when it matches all of them. The order carries no meaning. */
  chips: string[];
  /** Whether anybody is notified at all. */
  alert: boolean;
  /** How long an alert keeps further ones for the same metric back; sent as `expiration_time` in `expiration_time_unit`. */
  expiration_seconds: number;
  /** Who is notified and how. The order carries no meaning. */
  alerts?: WatcherAlert[] | undefined;
  /** Same text as sent; null when summary reports are off. */
  summary_report_frequency?: string | null | undefined;
  /** Null for type anomaly. */
  threshold?: Threshold | null | undefined;
  /** Deletion is soft. */
  deleted?: boolean | undefined;
  /** Unix seconds. */
  created_timestamp?: number | undefined;
  created_string?: string | undefined;
  /** Unix seconds. */
  updated_timestamp?: number | undefined;
}

/** One recipient of a watcher, in the style of the admin alerts. */
export interface WatcherAlert {
  method: "email" | "sms" | "slack" | "ms_teams" | "slack_mention" | "summary_email" | (string & Record<never, never>);
  /**
   * User id as a text for email, sms, slack_mention and summary_email; channel name without `#` for slack; webhook URL for
   * ms_teams (a secret; it may turn out to be masked).
   */
  ref: string;
  /** The person, where `ref` is a user id. */
  user?: User | undefined;
}
