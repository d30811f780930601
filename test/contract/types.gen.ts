// Generated from contract/openapi.yaml by `npm run generate`. Do not edit.

export interface Operations {
  listAnomalies: {
    client: ["anomalies", "list"];
    params: {
      metric?: string;
      from?: Date | number;
      until?: Date | number;
      limit?: number;
      offset?: number;
    };
    clearable: never;
    data: {
      anomalies: Anomaly[];
    };
  };
  lookupAnomaly: {
    client: ["anomaly", "lookup"];
    params: {
      metric: string;
      timestamp: Date | number;
    };
    clearable: never;
    data: {
      anomaly: Anomaly;
      anomaly_graph_url?: string;
    };
  };
  trainAnomaly: {
    client: ["anomaly", "train"];
    params: {
      anomaly_id: number;
      label?: string;
      duration?: number;
    };
    clearable: never;
    data: {
      message?: string;
      anomaly: Anomaly;
    };
  };
  getAnomaly: {
    client: ["anomaly", "get"];
    params: {
      anomaly_id: number;
    };
    clearable: never;
    data: {
      anomaly: Anomaly;
    };
  };
  billingCheckoutCallback: {
    client: ["billing", "checkoutCallback"];
    params: {
      checkout_session_id?: string;
    };
    clearable: never;
    data: {
      message?: string;
    };
  };
  getBillingCheckoutSession: {
    client: ["billing", "checkoutSession"];
    params: {
      plan?: string;
    };
    clearable: never;
    data: {
      url: string;
    };
  };
  getBillingPortalSession: {
    client: ["billing", "portalSession"];
    params: {};
    clearable: never;
    data: {
      url: string;
    };
  };
  listBillingHistory: {
    client: ["billing", "history"];
    params: {
      from?: Date | number;
      until?: Date | number;
      limit?: number;
      offset?: number;
    };
    clearable: never;
    data: {
      history: {
        id?: string;
        timestamp?: number;
        timestamp_string?: string;
        amount?: number;
        currency?: string;
        status?: string;
        url?: string | null;
      }[];
    };
  };
  getOpenApi: {
    client: ["doc", "openapi"];
    params: {};
    clearable: never;
    media: "application/json";
  };
  addExclusion: {
    client: ["exclusion", "add"];
    params: {
      type: string;
      pattern: string;
      note?: string;
    };
    clearable: never;
    data: {
      exclusion: Exclusion;
    };
  };
  deleteExclusion: {
    client: ["exclusion", "delete"];
    params: {
      exclusion_id: number;
    };
    clearable: never;
    data: {
      message?: string;
    };
  };
  listExclusions: {
    client: ["exclusion", "list"];
    params: {};
    clearable: never;
    data: {
      exclusions: Exclusion[];
    };
  };
  testExclusion: {
    client: ["exclusion", "test"];
    params: {
      type: string;
      pattern: string;
      metrics_limit?: number;
    };
    clearable: never;
    data: {
      metrics_count: number;
      metrics?: string[];
    };
  };
  listExclusionTypes: {
    client: ["exclusion", "types"];
    params: {};
    clearable: never;
    data: {
      types: ExclusionType[];
    };
  };
  getAnomalyImage: {
    client: ["image", "anomaly"];
    params: {
      anomaly_id: number;
      width?: number;
      height?: number;
    };
    clearable: never;
    media: "image/png";
  };
  getMetricImage: {
    client: ["image", "metric"];
    params: {
      metric: string;
      from?: Date | number;
      until?: Date | number;
      width?: number;
      height?: number;
    };
    clearable: never;
    media: "image/png";
  };
  getEventSenderScript: {
    client: ["js", "eventSender"];
    params: {};
    clearable: never;
    media: "application/javascript";
  };
  login: {
    client: ["login", "login"];
    params: {
      email: string;
      password: string;
    };
    clearable: never;
    data: {
      session: Session;
      two_factor_required?: boolean;
    };
  };
  forgotPassword: {
    client: ["login", "forgotPassword"];
    params: {
      email: string;
    };
    clearable: never;
    data: {
      message?: string;
    };
  };
  resetPassword: {
    client: ["login", "resetPassword"];
    params: {
      token: string;
      new_password_1: string;
      new_password_2: string;
    };
    clearable: never;
    data: {
      message?: string;
    };
  };
  validateClient: {
    client: ["login", "validateClient"];
    params: {
      code: string;
      token?: string;
    };
    clearable: never;
    data: {
      message?: string;
      session: Session;
    };
  };
  getMatch: {
    client: ["match", "get"];
    params: {
      match_id: number;
    };
    clearable: never;
    data: {
      match: Match;
    };
  };
  getMatchGraph: {
    client: ["match", "graph"];
    params: {
      match_id: number;
    };
    clearable: never;
    media: "image/png";
  };
  getMatchMotifGraph: {
    client: ["match", "motifGraph"];
    params: {
      match_id: number;
    };
    clearable: never;
    media: "image/png";
  };
  getMetric: {
    client: ["metric", "get"];
    params: {
      metric_name: string;
    };
    clearable: never;
    data: {
      metric: Metric;
    };
  };
  listMetricAnomalies: {
    client: ["metric", "anomalies"];
    params: {
      metric_name: string;
      from?: Date | number;
      until?: Date | number;
      limit?: number;
      offset?: number;
    };
    clearable: never;
    data: {
      anomalies: Anomaly[];
    };
  };
  getMetricAnomalySummary: {
    client: ["metric", "anomalySummary"];
    params: {
      metric_name: string;
      from?: Date | number;
      until?: Date | number;
    };
    clearable: never;
    data: {
      summary: {
        anomalies_count?: number;
        first_anomaly_timestamp?: number | null;
        last_anomaly_timestamp?: number | null;
        highest_score?: number | null;
      };
    };
  };
  getMetricBundle: {
    client: ["metric", "bundle"];
    params: {
      metric_name: string;
      from?: Date | number;
      until?: Date | number;
    };
    clearable: never;
    data: {
      metric: Metric;
      timeseries?: Point[];
      anomalies?: Anomaly[];
      patterns?: Pattern[];
      matches?: Match[];
    };
  };
  getMetricGraph: {
    client: ["metric", "graph"];
    params: {
      metric_name: string;
      from?: Date | number;
      until?: Date | number;
      display_x_axis?: string;
      display_y_axis?: string;
      display_legend?: boolean;
      display_anomalies?: boolean;
      display_matches?: boolean;
    };
    clearable: never;
    media: "image/png";
  };
  listMetricPatterns: {
    client: ["metric", "patterns"];
    params: {
      metric_name: string;
    };
    clearable: never;
    data: {
      patterns: Pattern[];
    };
  };
  getMetricTimeseries: {
    client: ["metric", "timeseries"];
    params: {
      metric_name: string;
      from?: Date | number;
      until?: Date | number;
    };
    clearable: never;
    data: {
      timeseries: Point[];
    };
  };
  getMetricExpectedRange: {
    client: ["metric", "expectedRange"];
    params: {
      metric_name: string;
      from?: Date | number;
      until?: Date | number;
    };
    clearable: never;
    data: {
      yhat: ExpectedRange[];
    };
  };
  listMetrics: {
    client: ["metrics", "list"];
    params: {
      search?: string;
      limit?: number;
      offset?: number;
    };
    clearable: never;
    data: {
      metrics: Metric[];
      metrics_count?: number;
    };
  };
  listMostAnomalousMetrics: {
    client: ["metrics", "mostAnomalous"];
    params: {
      from?: Date | number;
      until?: Date | number;
      limit?: number;
    };
    clearable: never;
    data: {
      metrics: Metric[];
    };
  };
  listMostRecentlyAnomalousMetrics: {
    client: ["metrics", "mostRecentlyAnomalous"];
    params: {
      limit?: number;
    };
    clearable: never;
    data: {
      metrics: Metric[];
    };
  };
  listMostRecentlyMatchedMetrics: {
    client: ["metrics", "mostRecentlyMatched"];
    params: {
      limit?: number;
    };
    clearable: never;
    data: {
      metrics: Metric[];
    };
  };
  listPhoneCodes: {
    client: ["misc", "phoneCodes"];
    params: {};
    clearable: never;
    data: {
      phone_codes: {
        country_code?: string;
        name?: string;
        phone_code?: string;
      }[];
    };
  };
  getTimeSince: {
    client: ["misc", "timeSince"];
    params: {
      timestamp: Date | number;
    };
    clearable: never;
    data: {
      time_since: string;
    };
  };
  listTimezones: {
    client: ["misc", "timezones"];
    params: {};
    clearable: never;
    data: {
      timezones: string[];
    };
  };
  getAdminAlertByCode: {
    client: ["org", "adminAlertByCode"];
    params: {
      alert_code: string;
    };
    clearable: never;
    data: {
      admin_alert: AdminAlert;
      timestamp?: number;
      metrics?: string[];
    };
  };
  listAdminAlerts: {
    client: ["org", "adminAlerts"];
    params: {};
    clearable: never;
    data: {
      admin_alerts: AdminAlert[];
    };
  };
  updateAdminAlerts: {
    client: ["org", "updateAdminAlerts"];
    params: {
      type_1_enabled?: boolean;
      type_1_email_users?: readonly number[];
      type_1_sms_users?: readonly number[];
      type_1_slack_channel?: string;
      type_1_wait_seconds?: number;
      type_2_enabled?: boolean;
      type_2_email_users?: readonly number[];
      type_2_sms_users?: readonly number[];
      type_2_slack_channel?: string;
      type_2_wait_seconds?: number;
    };
    clearable:
      | "type_1_email_users"
      | "type_1_sms_users"
      | "type_1_slack_channel"
      | "type_2_email_users"
      | "type_2_sms_users"
      | "type_2_slack_channel";
    data: {
      admin_alerts: AdminAlert[];
    };
  };
  updateAdminAlertsDeprecated: {
    client: ["org", "updateAdminAlertsDeprecated"];
    params: {
      type_1_enabled?: boolean;
      type_1_email_users?: readonly number[];
      type_1_sms_users?: readonly number[];
      type_1_slack_channel?: string;
      type_1_wait_seconds?: number;
      type_2_enabled?: boolean;
      type_2_email_users?: readonly number[];
      type_2_sms_users?: readonly number[];
      type_2_slack_channel?: string;
      type_2_wait_seconds?: number;
    };
    clearable:
      | "type_1_email_users"
      | "type_1_sms_users"
      | "type_1_slack_channel"
      | "type_2_email_users"
      | "type_2_sms_users"
      | "type_2_slack_channel";
    data: {
      admin_alerts: AdminAlert[];
    };
  };
  listChannels: {
    client: ["org", "channels"];
    params: {};
    clearable: never;
    data: {
      channels: Channel[];
    };
  };
  listOrgEvents: {
    client: ["org", "events"];
    params: {
      from?: Date | number;
      until?: Date | number;
      limit?: number;
      offset?: number;
    };
    clearable: never;
    data: {
      events: {
        id?: number;
        type?: string;
        message?: string;
        timestamp?: number;
        timestamp_string?: string;
        user?: null | User;
      }[];
    };
  };
  listQuotaMetrics: {
    client: ["org", "quotaMetrics"];
    params: {
      limit?: number;
      offset?: number;
    };
    clearable: never;
    data: {
      metrics_quota?: number;
      metrics_count?: number;
      metrics: string[];
    };
  };
  getOrgGraph: {
    client: ["org", "graph"];
    params: {
      from?: Date | number;
      until?: Date | number;
    };
    clearable: never;
    media: "image/png";
  };
  getOrg: {
    client: ["org", "info"];
    params: {};
    clearable: never;
    data: {
      org: Org;
    };
  };
  removeQuotaMetrics: {
    client: ["org", "removeQuotaMetrics"];
    params: {
      metrics?: readonly string[];
      patterns?: readonly string[];
      dry_run?: boolean;
    };
    clearable: never;
    data: {
      message?: string;
      removed_count?: number;
      metrics?: string[];
    };
  };
  stripeCallback: {
    client: ["org", "stripeCallback"];
    params: {};
    clearable: never;
    data: {
      message?: string;
    };
  };
  getOrgSummary: {
    client: ["org", "summary"];
    params: {
      from?: Date | number;
      until?: Date | number;
    };
    clearable: never;
    data: {
      summary: {
        metrics_count?: number;
        anomalies_count?: number;
        matches_count?: number;
        patterns_count?: number;
        watchers_count?: number;
      };
    };
  };
  listTestMetrics: {
    client: ["org", "testMetrics"];
    params: {
      metrics_limit?: number;
    };
    clearable: never;
    data: {
      metrics_count?: number;
      metrics?: string[];
      dropped_count?: number;
      dropped?: string[];
    };
  };
  updateOrg: {
    client: ["org", "update"];
    params: {
      name?: string;
      timezone?: string;
      mute_minutes?: number;
    };
    clearable: never;
    data: {
      org: Org;
    };
  };
  listUsers: {
    client: ["org", "users"];
    params: {};
    clearable: never;
    data: {
      users: User[];
    };
  };
  getPattern: {
    client: ["pattern", "get"];
    params: {
      pattern_id: number;
    };
    clearable: never;
    data: {
      pattern: Pattern;
    };
  };
  disablePattern: {
    client: ["pattern", "disable"];
    params: {
      pattern_id: number;
    };
    clearable: never;
    data: {
      pattern: Pattern;
    };
  };
  listPatternMatches: {
    client: ["pattern", "matches"];
    params: {
      pattern_id: number;
      from?: Date | number;
      until?: Date | number;
      limit?: number;
      offset?: number;
    };
    clearable: never;
    data: {
      matches: Match[];
    };
  };
  getPatternTimeseries: {
    client: ["pattern", "timeseries"];
    params: {
      pattern_id: number;
    };
    clearable: never;
    data: {
      timeseries: Point[];
    };
  };
  listPendingPatterns: {
    client: ["patterns", "pending"];
    params: {};
    clearable: never;
    data: {
      patterns: Pattern[];
    };
  };
  ping: {
    client: ["ping", "ping"];
    params: {};
    clearable: never;
    data: {
      ping: string;
    };
  };
  signupDemo: {
    client: ["signup", "demo"];
    params: {
      email: string;
      demo_org_id?: number;
    };
    clearable: never;
    data: {
      session: Session;
    };
  };
  listDemoOrgs: {
    client: ["signup", "demoOrgs"];
    params: {};
    clearable: never;
    data: {
      demo_orgs: {
        id: number;
        name?: string;
      }[];
    };
  };
  signup: {
    client: ["signup", "selfServe"];
    params: {
      email: string;
      user_name: string;
      org_name: string;
      timezone: string;
      test_data?: boolean;
    };
    clearable: never;
    data: {
      user: User;
    };
  };
  verifySignup: {
    client: ["signup", "verify"];
    params: {
      email: string;
      verification_token: string;
      password_1: string;
      password_2: string;
    };
    clearable: never;
    data: {
      session: Session;
    };
  };
  getStatus: {
    client: ["status", "get"];
    params: {};
    clearable: never;
    data: {
      message?: string;
    };
  };
  deleteUser: {
    client: ["user", "delete"];
    params: {
      user_id: number;
    };
    clearable: never;
    data: {
      message?: string;
    };
  };
  getUser: {
    client: ["user", "info"];
    params: {
      user_id?: number;
    };
    clearable: never;
    data: {
      user: User;
    };
  };
  logout: {
    client: ["user", "logout"];
    params: {};
    clearable: never;
    data: {
      message?: string;
    };
  };
  pingUser: {
    client: ["user", "ping"];
    params: {};
    clearable: never;
    data: {
      ping?: string;
      session: Session;
    };
  };
  reportIssue: {
    client: ["user", "reportIssue"];
    params: {
      message: string;
    };
    clearable: never;
    data: {
      message?: string;
    };
  };
  updateUser: {
    client: ["user", "update"];
    params: {
      user_id?: number;
      name?: string;
      phone_number?: string;
      slack_member_id?: string;
      email_alerts?: boolean;
    };
    clearable: "phone_number" | "slack_member_id";
    data: {
      user: User;
    };
  };
  updatePasswordOld: {
    client: ["user", "updatePasswordOld"];
    params: {
      old_password: string;
      new_password_1: string;
      new_password_2: string;
    };
    clearable: never;
    data: {
      message?: string;
    };
  };
  updatePassword: {
    client: ["user", "updatePassword"];
    params: {
      old_password: string;
      new_password_1: string;
      new_password_2: string;
    };
    clearable: never;
    data: {
      message?: string;
    };
  };
  createWatcher: {
    client: ["watcher", "create"];
    params: {
      chips: readonly string[];
      alert?: boolean;
      name: string;
      slack_channel?: string;
      ms_teams_webhook?: string;
      expiration_time?: number;
      expiration_time_unit?: "second" | "minute" | "hour" | "day" | "week";
      email_users?: readonly number[];
      sms_users?: readonly number[];
      slack_mention_users?: readonly number[];
      summary_report_frequency?: string;
      summary_report_users?: readonly number[];
      fire_test_alert?: boolean;
    };
    clearable: never;
    data: {
      watcher: Watcher;
    };
  };
  createThresholdWatcher: {
    client: ["watcher", "createThreshold"];
    params: {
      chips: readonly string[];
      alert?: boolean;
      name: string;
      slack_channel?: string;
      ms_teams_webhook?: string;
      expiration_time?: number;
      expiration_time_unit?: "second" | "minute" | "hour" | "day" | "week";
      email_users?: readonly number[];
      sms_users?: readonly number[];
      slack_mention_users?: readonly number[];
      summary_report_frequency?: string;
      summary_report_users?: readonly number[];
      fire_test_alert?: boolean;
      threshold_condition: "greater_than" | "less_than" | "drop_off_cliff";
      threshold_value?: number;
      threshold_times?: number;
      threshold_function?: "mean" | "median";
      threshold_function_seconds?: number;
      threshold_minimum_avg?: number;
      threshold_minimum_avg_seconds?: number;
    };
    clearable: never;
    data: {
      watcher: Watcher;
    };
  };
  deleteWatcher: {
    client: ["watcher", "delete"];
    params: {
      watcher_id: number;
    };
    clearable: never;
    data: {
      message?: string;
      watcher?: Watcher;
    };
  };
  undeleteWatcher: {
    client: ["watcher", "undelete"];
    params: {
      watcher_id: number;
    };
    clearable: never;
    data: {
      watcher: Watcher;
    };
  };
  updateWatcher: {
    client: ["watcher", "update"];
    params: {
      watcher_id: number;
      chips?: readonly string[];
      alert?: boolean;
      name?: string;
      slack_channel?: string;
      ms_teams_webhook?: string;
      expiration_time?: number;
      expiration_time_unit?: "second" | "minute" | "hour" | "day" | "week";
      email_users?: readonly number[];
      sms_users?: readonly number[];
      slack_mention_users?: readonly number[];
      summary_report_frequency?: string;
      summary_report_users?: readonly number[];
      threshold_condition?: "greater_than" | "less_than" | "drop_off_cliff";
      threshold_value?: number;
      threshold_times?: number;
      threshold_function?: "mean" | "median";
      threshold_function_seconds?: number;
      threshold_minimum_avg?: number;
      threshold_minimum_avg_seconds?: number;
    };
    clearable:
      | "slack_channel"
      | "ms_teams_webhook"
      | "email_users"
      | "sms_users"
      | "slack_mention_users"
      | "summary_report_frequency"
      | "summary_report_users"
      | "threshold_value"
      | "threshold_times"
      | "threshold_function"
      | "threshold_function_seconds"
      | "threshold_minimum_avg"
      | "threshold_minimum_avg_seconds";
    data: {
      watcher: Watcher;
    };
  };
  listChips: {
    client: ["watchers", "chips"];
    params: {
      chips?: readonly string[];
      metrics_limit?: number;
    };
    clearable: never;
    data: {
      chips?: Chip[];
      metrics_count: number;
      metrics?: string[];
    };
  };
  listWatchers: {
    client: ["watchers", "list"];
    params: {
      include_deleted?: boolean;
    };
    clearable: never;
    data: {
      watchers: Watcher[];
    };
  };
}
export interface Anomaly {
  id: number;
  metric_id?: number;
  metric: string;
  value: number;
  score: number;
  timestamp: number;
  timestamp_string?: string;
  until_timestamp?: number;
  training?: {
    trainable?: boolean;
    trainable_status?: string;
    trainable_until_timestamp?: number | null;
    "30_day_trainable_from_timestamp"?: number | null;
    "30_day_trainable_in"?: string | number | null;
  };
  patterns?: Pattern[];
  pending_patterns?: Pattern[];
  positive?: boolean;
  expected_range_lower?: number;
  expected_range_upper?: number;
  expected_range_lower_string?: string;
  expected_range_upper_string?: string;
}
export interface Pattern {
  id: number;
  parent_id?: number | null;
  group_id?: number | null;
  creator_type?: string;
  creator_user_id?: number | null;
  creator_user_display_name?: string | null;
  metric_id?: number;
  metric_name?: string;
  duration?: number;
  duration_string?: string;
  anomaly_timestamp?: number | null;
  created_timestamp?: number;
  created_string?: string;
  enabled?: boolean;
  origin?: string;
  layers?: boolean;
  checks?: number;
  matches?: number;
  match_rate?: string;
  match_rate_string?: string;
  last_match_timestamp?: number | null;
  last_match_string?: string | null;
  label?: string | null;
  positive?: boolean;
  anomaly_id?: number | null;
  anomaly_value?: number | null;
  deletable?: boolean;
  graph_url?: string;
}
export interface Exclusion {
  id: number;
  type: string;
  pattern: string;
  note?: string | null;
  created_timestamp?: number;
  created_user?: null | User;
}
export interface User {
  id: number;
  org_id?: number;
  name: string;
  email: string;
  phone_number?: string | null;
  slack_member_id?: string | null;
  demo?: boolean;
  admin?: boolean;
  org?: Org;
  notifications?: {
    email_alerts?: boolean;
  };
  onboarding_flags?: OnboardingFlags;
}
export interface Org {
  id: number;
  name: string;
  timezone: string;
  alert_muting?: {
    muted?: boolean;
    muted_until_timestamp?: number | null;
    muted_until_timestamp_string?: string | null;
    minutes_remaining?: number | null;
  };
  onboarding_status_id?: number;
  onboarding_status?: {
    id?: number;
    name?: string;
  };
  connected_services?: {
    slack?: boolean;
    ms_teams?: boolean;
  };
}
export interface OnboardingFlags {
  main_intro?: boolean;
  alerts_intro?: boolean;
  alerts_from_search?: boolean;
  training_intro?: boolean;
  alert_created?: boolean;
  test_alert_sent?: boolean;
  two_alerts_sent?: boolean;
  pattern_trained?: boolean;
}
export interface ExclusionType {
  type: string;
  name?: string;
  description?: string;
}
export interface Session {
  id: string;
  user?: User;
}
export interface Match {
  id: number;
  pattern_id?: number;
  metric_id?: number;
  metric_name?: string;
  timestamp?: number;
  timestamp_string?: string;
  label?: string | null;
  graph_url?: string;
}
export interface Metric {
  id: number;
  name: string;
  active?: boolean;
  first_timestamp?: number | null;
  last_timestamp?: number | null;
  last_timestamp_string?: string | null;
  last_value?: number | null;
  anomalies_count?: number;
  last_anomaly_timestamp?: number | null;
  last_match_timestamp?: number | null;
}
export interface Point {
  timestamp: number;
  value: number | null;
}
export interface ExpectedRange {
  timestamp: number;
  expected_range_lower: number;
  expected_range_upper: number;
}
export interface AdminAlert {
  id: number;
  name?: string;
  wait_seconds: number;
  expiration_seconds?: number;
  enabled: boolean;
  alerts?: AdminAlertTarget[];
}
export interface AdminAlertTarget {
  method: "email" | "sms" | "slack" | (string & Record<never, never>);
  ref: string;
  user?: User;
}
export interface Channel {
  id?: string;
  name: string;
  private?: boolean;
}
export interface Watcher {
  id: number;
  type: "anomaly" | "threshold" | (string & Record<never, never>);
  name: string;
  chips: string[];
  alert: boolean;
  alerts?: WatcherAlert[];
  expiration_seconds: number;
  summary_report_frequency?: string | null;
  threshold?: null | Threshold;
  deleted?: boolean;
  created_timestamp?: number;
  created_string?: string;
  updated_timestamp?: number;
}
export interface WatcherAlert {
  method: "email" | "sms" | "slack" | "slack_mention" | "ms_teams" | "summary_email" | (string & Record<never, never>);
  ref: string;
  user?: User;
}
export interface Threshold {
  condition: "greater_than" | "less_than" | "drop_off_cliff" | (string & Record<never, never>);
  value?: number | null;
  times: number;
  function?: "mean" | "median" | (string & Record<never, never>);
  function_seconds?: number;
  minimum_avg?: number;
  minimum_avg_seconds?: number;
}
export interface Chip {
  chip: string;
  metrics_count: number;
}
