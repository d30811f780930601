// Objects as they travel: snake_case, as the contract's components/schemas describe them.

/** First steps in the dashboard that are done. */
export interface WireOnboardingFlags {
  main_intro: boolean;
  alerts_intro: boolean;
  alerts_from_search: boolean;
  training_intro: boolean;
  alert_created: boolean;
  test_alert_sent: boolean;
  two_alerts_sent: boolean;
  pattern_trained: boolean;
}

/** Organization-wide silence; `muted_until_timestamp` is in unix seconds. */
export interface WireAlertMuting {
  muted: boolean;
  muted_until_timestamp: number | null;
  muted_until_timestamp_string: string | null;
  minutes_remaining: number | null;
}

/** An organization. */
export interface WireOrg {
  id: number;
  name: string;
  timezone: string;
  alert_muting?: WireAlertMuting;
  onboarding_status_id: number;
  connected_services: { slack: boolean; ms_teams: boolean };
}

/** A person. */
export interface WireUser {
  id: number;
  org_id: number;
  name: string;
  email: string;
  phone_number: string | null;
  slack_member_id: string | null;
  demo: boolean;
  admin: boolean;
  org?: WireOrg;
  notifications: { email_alerts: boolean };
  onboarding_flags: WireOnboardingFlags;
}

/** A Slack channel; the name is without `#`. */
export interface WireChannel {
  id: string;
  name: string;
  private: boolean;
}

/** How a watcher notifies somebody. */
export type WatcherAlertMethod = "email" | "sms" | "slack" | "slack_mention" | "ms_teams" | "summary_email";

/** One recipient: `ref` is a user id, a channel name or a webhook URL, depending on the method. */
export interface WireAlert<Method extends string = WatcherAlertMethod> {
  method: Method;
  ref: string;
  user?: WireUser;
}

/** The static rule of a threshold watcher. */
export interface WireThreshold {
  condition: string;
  /** Null for `drop_off_cliff`, which has none. */
  value: number | null;
  times: number;
  /** `mean` or `median` over `function_seconds`, compared in place of single data points. */
  function?: string;
  function_seconds?: number;
  /** The least average over `minimum_avg_seconds` that makes `drop_off_cliff` apply. */
  minimum_avg?: number;
  minimum_avg_seconds?: number;
}

/** A watcher of either type. */
export interface WireWatcher {
  id: number;
  type: "anomaly" | "threshold";
  name: string;
  chips: string[];
  alert: boolean;
  alerts: WireAlert[];
  expiration_seconds: number;
  summary_report_frequency: string | null;
  threshold: WireThreshold | null;
  deleted: boolean;
  created_timestamp: number;
  created_string: string;
  updated_timestamp: number;
}

/** Metrics left out of something. */
export interface WireExclusion {
  id: number;
  type: string;
  pattern: string;
  note: string | null;
  created_timestamp: number;
  created_user: WireUser | null;
}

/** A kind of exclusion. */
export interface WireExclusionType {
  type: string;
  name: string;
  description: string;
}

/** An alert about the data feed itself. */
export interface WireAdminAlert {
  id: number;
  name: string;
  wait_seconds: number;
  expiration_seconds: number;
  enabled: boolean;
  alerts: WireAlert<"email" | "sms" | "slack">[];
}

/** First half of every reply. */
export interface WireStatus {
  created_timestamp: number;
  created_string: string;
  duration: number;
  language: string;
  timezone: { timezone_type: number; timezone: string };
  code: number;
  oldest_cached_component_age: number;
  session_id: string;
  org_onboarding_status_id: number;
  api_host: string;
  user_onboarding_flags: WireOnboardingFlags;
}
