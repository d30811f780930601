// Generated from sdk/models and sdk/endpoints by `npm run generate`. Do not edit.
import type { AdminAlert, Anomaly, Channel, Chip, Exclusion, ExclusionType, ExpectedRange, Image, Match, Metric, Org, Pattern, Point, Session, User, Watcher } from "./models.gen.ts";
import type { CallOptions } from "./options.ts";
import type { Reply } from "./reply.ts";

/** Lists of anomalies. */
export interface AnomaliesMethods {
  /** One page of anomalies, the newest first (assumed). Evidence: inferred. */
  readonly list: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
    /** Only this metric. */
    readonly metric?: string | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    anomalies: Anomaly[];
  }>>;

  /** All anomalies, page by page. */
  readonly iterate: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
    /** Only this metric. */
    readonly metric?: string | undefined;
  }, options?: CallOptions) => AsyncGenerator<Anomaly, void, undefined>;
}

/** One anomaly, and training on it. */
export interface AnomalyMethods {
  /** Reads one anomaly. Evidence: documented. */
  readonly get: (params: {
    readonly anomaly_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    anomaly: Anomaly;
  }>>;

  /** Finds an anomaly by metric and time, for alerts that went out before the anomaly had an id. Evidence: documented. */
  readonly lookup: (params: {
    /** Metric name. */
    readonly metric: string;
    /** Time of the anomaly, a `Date` or unix seconds. */
    readonly timestamp: number | Date;
  }, options?: CallOptions) => Promise<Reply<{
    anomaly: Anomaly;
    anomaly_graph_url?: string | undefined;
  }>>;

  /**
   * Marks an anomaly as expected: starts the making of a pattern from the time before it. Human judgement, not for automation.
   *
   * Evidence: inferred; the parameters are assumed.
   */
  readonly train: (params: {
    readonly anomaly_id: number;
    /** Why it is expected. */
    readonly label?: string | undefined;
    /** Length of the learnt span, in seconds. */
    readonly duration?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    anomaly: Anomaly;
    message?: string | undefined;
  }>>;
}

/** Payments; for the dashboard. */
export interface BillingMethods {
  /** One page of past bills. Evidence: inferred. */
  readonly history: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    history: {
      id?: string | undefined;
      timestamp?: number | undefined;
      timestamp_string?: string | undefined;
      amount?: number | undefined;
      currency?: string | undefined;
      status?: string | undefined;
      url?: string | null | undefined;
    }[];
  }>>;

  /** All past bills, page by page. */
  readonly iterateHistory: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => AsyncGenerator<{
    id?: string | undefined;
    timestamp?: number | undefined;
    timestamp_string?: string | undefined;
    amount?: number | undefined;
    currency?: string | undefined;
    status?: string | undefined;
    url?: string | null | undefined;
  }, void, undefined>;

  /** URL of a payment page. Evidence: assumed. */
  readonly checkoutSession: (params?: {
    /** Plan to buy. */
    readonly plan?: string | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    url: string;
  }>>;

  /** URL of the billing portal. Evidence: assumed. */
  readonly portalSession: (options?: CallOptions) => Promise<Reply<{
    url: string;
  }>>;

  /** Where the payment page sends the browser back to. Made for browsers, not for clients. Evidence: assumed. */
  readonly checkoutCallback: (params?: {
    /** Id of the payment session; not the API session. */
    readonly checkout_session_id?: string | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;
}

/** The vendor's own contract. */
export interface DocMethods {
  /**
   * Reads the vendor's OpenAPI document.
   *
   * Its path was seen, its content not; that it comes without the envelope is assumed, with one it is unpacked. Evidence: inferred.
   */
  readonly openapi: (options?: CallOptions) => Promise<Reply<Record<never, never>>>;
}

/** Metrics left out of something. */
export interface ExclusionMethods {
  /**
   * Adds an exclusion. There is no update: add the changed one first and delete the old one after, or there is a gap with neither.
   *
   * Evidence: inferred; the parameter names are assumed.
   */
  readonly add: (params: {
    /** Key of an exclusion type, as listed by `types`. */
    readonly type: string;
    /** Term that metric names are compared with, or a comma list of terms; each matches as chips do. */
    readonly pattern: string;
    /** Reason, for people. */
    readonly note?: string | null | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    exclusion: Exclusion;
  }>>;

  /** Deletes an exclusion, for good. A second call answers 404, which may be taken as done (both assumed). Evidence: inferred. */
  readonly delete: (params: {
    readonly exclusion_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;

  /** Lists all exclusions. Not paged (assumed). Evidence: inferred. */
  readonly list: (options?: CallOptions) => Promise<Reply<{
    exclusions: Exclusion[];
  }>>;

  /** Says what a pattern would exclude; changes nothing. Evidence: inferred. */
  readonly test: (params: {
    readonly type: string;
    readonly pattern: string;
    /** How many names the sample holds at most. @default 20 */
    readonly metrics_limit?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metrics_count: number;
    metrics?: string[] | undefined;
  }>>;

  /** Lists the kinds of exclusion. Evidence: inferred. */
  readonly types: (options?: CallOptions) => Promise<Reply<{
    types: ExclusionType[];
  }>>;
}

/** Pictures. */
export interface ImageMethods {
  /** Picture of an anomaly. Evidence: inferred. */
  readonly anomaly: (params: {
    readonly anomaly_id: number;
    /** Pixels. */
    readonly width?: number | undefined;
    /** Pixels. */
    readonly height?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<Image>>;

  /** Picture of a metric. Evidence: inferred. */
  readonly metric: (params: {
    readonly metric: string;
    /** Pixels. */
    readonly width?: number | undefined;
    /** Pixels. */
    readonly height?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<Image>>;
}

/** Script for web pages. */
export interface JsMethods {
  /** Script that sends events from a web page, as text. Evidence: assumed. */
  readonly eventSender: (options?: CallOptions) => Promise<Reply<string>>;
}

/** Sessions and lost passwords. The client never keeps a session that a reply brings: make a new client with it. */
export interface LoginMethods {
  /**
   * Logs in. `data.session.id` is what a client takes as `sessionId`; when `two_factor_required` is true, `validateClient` with
   * that session comes first.
   *
   * May send out a code and count as an attempt. Evidence: inferred.
   */
  readonly login: (params: {
    readonly email: string;
    readonly password: string;
  }, options?: CallOptions) => Promise<Reply<{
    session: Session;
    two_factor_required?: boolean | undefined;
  }>>;

  /** Gives the second factor for a new client, or renews a known one. Not for demo users. Evidence: documented. */
  readonly validateClient: (params: {
    /** Second-factor code. */
    readonly code: string;
    /** Names the login attempt when another client validates it. */
    readonly token?: string | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    session: Session;
    message?: string | undefined;
  }>>;

  /** Asks for a reset e-mail. Answers the same whether or not the address is known. Evidence: documented. */
  readonly forgotPassword: (params: {
    readonly email: string;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;

  /** Sets a new password with the code from the e-mail. Evidence: documented. */
  readonly resetPassword: (params: {
    /** Code from the e-mail. */
    readonly token: string;
    readonly new_password_1: string;
    /** The same again. */
    readonly new_password_2: string;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;
}

/** Runs in which a pattern explained the data. */
export interface MatchMethods {
  /** Reads one match. Evidence: inferred. */
  readonly get: (params: {
    readonly match_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    match: Match;
  }>>;

  /** Graph of a match, as a picture. Evidence: inferred. */
  readonly graph: (params: {
    readonly match_id: number;
  }, options?: CallOptions) => Promise<Reply<Image>>;

  /** Graph of the shape that matched, as a picture. Evidence: assumed. */
  readonly motifGraph: (params: {
    readonly match_id: number;
  }, options?: CallOptions) => Promise<Reply<Image>>;
}

/** One metric. */
export interface MetricMethods {
  /** Reads one metric. Evidence: inferred. */
  readonly get: (params: {
    readonly metric_name: string;
  }, options?: CallOptions) => Promise<Reply<{
    metric: Metric;
  }>>;

  /** One page of the anomalies of a metric. Evidence: inferred. */
  readonly anomalies: (params: {
    readonly metric_name: string;
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    anomalies: Anomaly[];
  }>>;

  /** All anomalies of a metric, page by page. */
  readonly iterateAnomalies: (params: {
    readonly metric_name: string;
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => AsyncGenerator<Anomaly, void, undefined>;

  /** Anomalies of a metric in numbers. Evidence: inferred. */
  readonly anomalySummary: (params: {
    readonly metric_name: string;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    summary: {
      anomalies_count?: number | undefined;
      first_anomaly_timestamp?: number | null | undefined;
      last_anomaly_timestamp?: number | null | undefined;
      highest_score?: number | null | undefined;
    };
  }>>;

  /** A metric with all that belongs to it. Evidence: assumed. */
  readonly bundle: (params: {
    readonly metric_name: string;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metric: Metric;
    timeseries?: Point[] | undefined;
    anomalies?: Anomaly[] | undefined;
    patterns?: Pattern[] | undefined;
    matches?: Match[] | undefined;
  }>>;

  /** Graph of a metric, as a picture (assumed). Parameters as in the graph URLs of documented replies. Evidence: inferred. */
  readonly graph: (params: {
    readonly metric_name: string;
    /** Where the axis goes; seen: `below`. */
    readonly display_x_axis?: string | undefined;
    /** Where the axis goes; seen: `right`. */
    readonly display_y_axis?: string | undefined;
    readonly display_legend?: boolean | undefined;
    readonly display_anomalies?: boolean | undefined;
    readonly display_matches?: boolean | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<Image>>;

  /** Patterns of a metric. Evidence: inferred. */
  readonly patterns: (params: {
    readonly metric_name: string;
  }, options?: CallOptions) => Promise<Reply<{
    patterns: Pattern[];
  }>>;

  /** Data points of a metric. Evidence: inferred. */
  readonly timeseries: (params: {
    readonly metric_name: string;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    timeseries: Point[];
  }>>;

  /** Predicted band of a metric. Evidence: assumed. */
  readonly expectedRange: (params: {
    readonly metric_name: string;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    yhat: ExpectedRange[];
  }>>;
}

/** Lists of metrics. */
export interface MetricsMethods {
  /** One page of all metrics. Evidence: inferred. */
  readonly list: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Part of a name. */
    readonly search?: string | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metrics: Metric[];
    metrics_count?: number | undefined;
  }>>;

  /** All metrics, page by page. */
  readonly iterate: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Part of a name. */
    readonly search?: string | undefined;
  }, options?: CallOptions) => AsyncGenerator<Metric, void, undefined>;

  /** Metrics with the most anomalies. Evidence: inferred. */
  readonly mostAnomalous: (params?: {
    readonly limit?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metrics: Metric[];
  }>>;

  /** Metrics whose anomaly is the most recent. Evidence: inferred. */
  readonly mostRecentlyAnomalous: (params?: {
    readonly limit?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metrics: Metric[];
  }>>;

  /** Metrics whose match is the most recent. Evidence: inferred. */
  readonly mostRecentlyMatched: (params?: {
    readonly limit?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metrics: Metric[];
  }>>;
}

/** Small helps for forms. */
export interface MiscMethods {
  /** Lists the accepted time zones, as IANA names. Evidence: documented. */
  readonly timezones: (options?: CallOptions) => Promise<Reply<{
    timezones: string[];
  }>>;

  /** Lists country dialing codes. Evidence: inferred. */
  readonly phoneCodes: (options?: CallOptions) => Promise<Reply<{
    phone_codes: {
      country_code?: string | undefined;
      name?: string | undefined;
      phone_code?: string | undefined;
    }[];
  }>>;

  /** Puts a moment in words, seen from now. Evidence: inferred. */
  readonly timeSince: (params: {
    readonly timestamp: number | Date;
  }, options?: CallOptions) => Promise<Reply<{
    time_since: string;
  }>>;
}

/** Organization, admin alerts, people, channels, quota. Which organization follows from the token or the session. */
export interface OrgMethods {
  /** The organization. Evidence: inferred. */
  readonly info: (options?: CallOptions) => Promise<Reply<{
    org: Org;
  }>>;

  /** Changes the organization, or mutes its alerts. A parameter that is left out keeps its value. Evidence: inferred. */
  readonly update: (params?: {
    /** Display name. */
    readonly name?: string | undefined;
    /** IANA name from `misc.timezones`. */
    readonly timezone?: string | undefined;
    /** Mutes all alerts for so long from now; 0 ends the mute. That muting lives on this path is assumed. */
    readonly mute_minutes?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    org: Org;
  }>>;

  /** The organization in numbers. Evidence: inferred. */
  readonly summary: (params?: {
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    summary: {
      metrics_count?: number | undefined;
      anomalies_count?: number | undefined;
      matches_count?: number | undefined;
      patterns_count?: number | undefined;
      watchers_count?: number | undefined;
    };
  }>>;

  /** Graph of the whole organization, as a picture. Evidence: inferred. */
  readonly graph: (params?: {
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<Image>>;

  /** People of the organization. Not paged (assumed). Nobody can be added to an existing organization. Evidence: inferred. */
  readonly users: (options?: CallOptions) => Promise<Reply<{
    users: User[];
  }>>;

  /** Slack channels that can be alerted. Evidence: inferred. */
  readonly channels: (options?: CallOptions) => Promise<Reply<{
    channels: Channel[];
  }>>;

  /** Reads the admin alerts. Evidence: documented; the vendor calls it "designing". */
  readonly adminAlerts: (options?: CallOptions) => Promise<Reply<{
    admin_alerts: AdminAlert[];
  }>>;

  /**
   * Changes the admin alerts.
   *
   * A parameter that is left out keeps its value, `null`, `""` or `[]` clear (both assumed). There is no parameter for Teams nor
   * for `expiration_seconds`. Evidence: documented; the vendor calls it "designing".
   */
  readonly updateAdminAlerts: (params?: {
    /** Whether alert 1 (no metric at all sends data any more) goes out. */
    readonly type_1_enabled?: boolean | undefined;
    /** Ids of the users to e-mail. */
    readonly type_1_email_users?: "" | readonly number[] | null | undefined;
    /** Ids of the users to text. */
    readonly type_1_sms_users?: "" | readonly number[] | null | undefined;
    /** Name without `#`. */
    readonly type_1_slack_channel?: string | null | undefined;
    /** Seconds of silence before the alert; at least 300. */
    readonly type_1_wait_seconds?: number | undefined;
    /** Whether alert 2 (some metrics stopped) goes out. */
    readonly type_2_enabled?: boolean | undefined;
    readonly type_2_email_users?: "" | readonly number[] | null | undefined;
    readonly type_2_sms_users?: "" | readonly number[] | null | undefined;
    readonly type_2_slack_channel?: string | null | undefined;
    readonly type_2_wait_seconds?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    admin_alerts: AdminAlert[];
  }>>;

  /**
   * Reads the admin alerts when no parameter is given, else changes them. Evidence: documented.
   *
   * @deprecated Use `adminAlerts` and `updateAdminAlerts`.
   */
  readonly updateAdminAlertsDeprecated: (params?: {
    /** Whether alert 1 (no metric at all sends data any more) goes out. */
    readonly type_1_enabled?: boolean | undefined;
    /** Ids of the users to e-mail. */
    readonly type_1_email_users?: "" | readonly number[] | null | undefined;
    /** Ids of the users to text. */
    readonly type_1_sms_users?: "" | readonly number[] | null | undefined;
    /** Name without `#`. */
    readonly type_1_slack_channel?: string | null | undefined;
    /** Seconds of silence before the alert; at least 300. */
    readonly type_1_wait_seconds?: number | undefined;
    /** Whether alert 2 (some metrics stopped) goes out. */
    readonly type_2_enabled?: boolean | undefined;
    readonly type_2_email_users?: "" | readonly number[] | null | undefined;
    readonly type_2_sms_users?: "" | readonly number[] | null | undefined;
    readonly type_2_slack_channel?: string | null | undefined;
    readonly type_2_wait_seconds?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    admin_alerts: AdminAlert[];
  }>>;

  /** The admin alert behind a link in a message. Evidence: assumed. */
  readonly adminAlertByCode: (params: {
    /** Code from the message. Whoever has it can see the alert, so it is handled as a secret. */
    readonly alert_code: string;
  }, options?: CallOptions) => Promise<Reply<{
    admin_alert: AdminAlert;
    timestamp?: number | undefined;
    metrics?: string[] | undefined;
  }>>;

  /** One page of what happened in the organization. Evidence: assumed. */
  readonly events: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    events: {
      id?: number | undefined;
      type?: string | undefined;
      message?: string | undefined;
      timestamp?: number | undefined;
      timestamp_string?: string | undefined;
      user?: User | null | undefined;
    }[];
  }>>;

  /** All of what happened in the organization, page by page. */
  readonly iterateEvents: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => AsyncGenerator<{
    id?: number | undefined;
    type?: string | undefined;
    message?: string | undefined;
    timestamp?: number | undefined;
    timestamp_string?: string | undefined;
    user?: User | null | undefined;
  }, void, undefined>;

  /** One page of the metrics that count against the quota. Evidence: inferred. */
  readonly quotaMetrics: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metrics: string[];
    metrics_quota?: number | undefined;
    metrics_count?: number | undefined;
  }>>;

  /** All the metrics that count against the quota, page by page. */
  readonly iterateQuotaMetrics: (params?: {
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
  }, options?: CallOptions) => AsyncGenerator<string, void, undefined>;

  /** Frees quota by removing metrics. Destroys data: for people, not for automation. Evidence: inferred. */
  readonly removeQuotaMetrics: (params?: {
    /** Metric names; none with a comma. These or `patterns` are needed. */
    readonly metrics?: readonly string[] | undefined;
    /** Terms that match as those of an exclusion; the metrics of any of them are removed. */
    readonly patterns?: readonly string[] | undefined;
    /** Say what would be removed, and remove nothing. @default false */
    readonly dry_run?: boolean | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
    removed_count?: number | undefined;
    /** Names of the metrics that are gone, or would be. */
    metrics?: string[] | undefined;
  }>>;

  /** Metrics of the last minutes that came in with the test mark; that this path reads them is inferred. Evidence: inferred. */
  readonly testMetrics: (params?: {
    /** How many names the sample holds at most. @default 20 */
    readonly metrics_limit?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metrics_count?: number | undefined;
    metrics?: string[] | undefined;
    /** Test metrics that would not be kept. */
    dropped_count?: number | undefined;
    dropped?: string[] | undefined;
  }>>;

  /** Where the payment service reports events, with a body of its own. Not for clients. Evidence: assumed. */
  readonly stripeCallback: (options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;
}

/** One learnt pattern. */
export interface PatternMethods {
  /** Reads one pattern. Evidence: documented. */
  readonly get: (params: {
    readonly pattern_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    pattern: Pattern;
  }>>;

  /** Stops the use of a pattern; no way back is known. For people, not for automation. Evidence: inferred. */
  readonly disable: (params: {
    readonly pattern_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    pattern: Pattern;
  }>>;

  /** One page of the matches of a pattern. Evidence: inferred. */
  readonly matches: (params: {
    readonly pattern_id: number;
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    matches: Match[];
  }>>;

  /** All matches of a pattern, page by page. */
  readonly iterateMatches: (params: {
    readonly pattern_id: number;
    /** At most this many items; fewer mean that the end is reached. @default 100 */
    readonly limit?: number | undefined;
    /** Items to skip. @default 0 */
    readonly offset?: number | undefined;
    /** Start of the span, a `Date` or unix seconds. */
    readonly from?: number | Date | undefined;
    /** End of the span, a `Date` or unix seconds; now when left out. */
    readonly until?: number | Date | undefined;
  }, options?: CallOptions) => AsyncGenerator<Match, void, undefined>;

  /** Data points of a pattern. Evidence: inferred. */
  readonly timeseries: (params: {
    readonly pattern_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    timeseries: Point[];
  }>>;
}

/** Lists of patterns. */
export interface PatternsMethods {
  /** Patterns still being made. Evidence: inferred. */
  readonly pending: (options?: CallOptions) => Promise<Reply<{
    patterns: Pattern[];
  }>>;
}

/** Is it there. */
export interface PingMethods {
  /** Asks whether the API is there. Evidence: inferred. */
  readonly ping: (options?: CallOptions) => Promise<Reply<{
    ping: string;
  }>>;
}

/** New organizations. */
export interface SignupMethods {
  /** Makes an organization and its first user, an admin; a code goes out by e-mail. Evidence: documented. */
  readonly selfServe: (params: {
    readonly email: string;
    /** Name of the first user. */
    readonly user_name: string;
    readonly org_name: string;
    /** One of `misc.timezones`. */
    readonly timezone: string;
    /** Fill with test data, which may vanish from time to time. @default false */
    readonly test_data?: boolean | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    user: User;
  }>>;

  /** Confirms the address, sets the password and logs in. Evidence: documented. */
  readonly verify: (params: {
    readonly email: string;
    /** Code from the e-mail. */
    readonly verification_token: string;
    readonly password_1: string;
    /** The same again. */
    readonly password_2: string;
  }, options?: CallOptions) => Promise<Reply<{
    session: Session;
  }>>;

  /** Enters a demo organization. Evidence: inferred. */
  readonly demo: (params: {
    readonly email: string;
    /** Which demo organization. */
    readonly demo_org_id?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    session: Session;
  }>>;

  /** Lists the demo organizations. Evidence: inferred. */
  readonly demoOrgs: (options?: CallOptions) => Promise<Reply<{
    demo_orgs: {
      id: number;
      name?: string | undefined;
    }[];
  }>>;
}

/** State of the service. */
export interface StatusMethods {
  /** Reads the state of the service. Evidence: inferred. */
  readonly get: (options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;
}

/** One person. */
export interface UserMethods {
  /**
   * Reads one person: with a session and without `user_id` the one who is logged in. With the token `user_id` is needed, as the
   * token stands for nobody. Evidence: inferred.
   */
  readonly info: (params?: {
    readonly user_id?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    user: User;
  }>>;

  /**
   * Changes a person. A parameter that is left out keeps its value; `null` or `""` clear (both assumed). With the token `user_id`
   * is needed. Evidence: inferred.
   */
  readonly update: (params?: {
    /** Who; the person logged in when left out. */
    readonly user_id?: number | undefined;
    /** Display name. */
    readonly name?: string | undefined;
    /** International form. */
    readonly phone_number?: string | null | undefined;
    readonly slack_member_id?: string | null | undefined;
    /** Whether e-mail alerts reach this person. */
    readonly email_alerts?: boolean | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    user: User;
  }>>;

  /** Deletes a person, who cannot be made again through the API. Evidence: inferred. */
  readonly delete: (params: {
    readonly user_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;

  /** Logs out. Evidence: inferred. */
  readonly logout: (options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;

  /** Says who the session belongs to. Evidence: documented. */
  readonly ping: (options?: CallOptions) => Promise<Reply<{
    session: Session;
    ping?: string | undefined;
  }>>;

  /** Writes to the vendor. Evidence: inferred. */
  readonly reportIssue: (params: {
    readonly message: string;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;

  /** Changes the own password, of the person logged in. A repeat fails: the old password is no longer right. Evidence: documented. */
  readonly updatePassword: (params: {
    /** Present password. */
    readonly old_password: string;
    /** New password. */
    readonly new_password_1: string;
    /** The same again. */
    readonly new_password_2: string;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;

  /** As `updatePassword`, by an older path; whether it still works is unknown. Evidence: inferred. */
  readonly updatePasswordOld: (params: {
    /** Present password. */
    readonly old_password: string;
    /** New password. */
    readonly new_password_1: string;
    /** The same again. */
    readonly new_password_2: string;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
  }>>;
}

/** One watcher: who hears about which metrics. To read one, list them and pick: see the group `watchers`. */
export interface WatcherMethods {
  /**
   * Creates an anomaly watcher.
   *
   * A write that is not repeated blindly: names are not known to be unique, so look with `watchers.list` after an error with
   * outcome `unknown`. Evidence: inferred; most parameter names and the reply are assumed.
   */
  readonly create: (params: {
    /** Chips; a metric must match all. At least one, none with a comma. */
    readonly chips: readonly string[];
    /** Display name; not known to be unique. */
    readonly name: string;
    /** Whether the watcher notifies anybody. @default false */
    readonly alert?: boolean | undefined;
    /** Name without `#`. */
    readonly slack_channel?: string | null | undefined;
    /** Webhook URL of a Microsoft Teams channel. A secret. */
    readonly ms_teams_webhook?: string | null | undefined;
    /**
     * How long further alerts for the same metric are held back, in `expiration_time_unit`. Send both or neither. A minimum exists;
     * 60 seconds is assumed.
     *
     * @default 3600
     */
    readonly expiration_time?: number | undefined;
    /** @default "second" */
    readonly expiration_time_unit?: "second" | "minute" | "hour" | "day" | "week" | undefined;
    /** Ids of the users that get an e-mail per anomaly. */
    readonly email_users?: "" | readonly number[] | null | undefined;
    /** Ids of the users that get a text message per anomaly; each needs a phone number. */
    readonly sms_users?: "" | readonly number[] | null | undefined;
    /** Ids of the users mentioned in the Slack alert; each needs a Slack member id, and `slack_channel` must be set (assumed). */
    readonly slack_mention_users?: "" | readonly number[] | null | undefined;
    /** When digests go out: `daily-09:30`, `weekly-monday` or `monthly-1`. None when left out. */
    readonly summary_report_frequency?: string | null | undefined;
    /** Ids of the users that get the digest by e-mail; at least one when a frequency is set. */
    readonly summary_report_users?: "" | readonly number[] | null | undefined;
    /** Send one test alert right after creation. Acts once and is never read back. @default false */
    readonly fire_test_alert?: boolean | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    watcher: Watcher;
  }>>;

  /**
   * Creates a threshold watcher.
   *
   * As `create`, and the rule. Evidence: documented, but the vendor calls it "designing", and the rule's parameters are assumed.
   */
  readonly createThreshold: (params: {
    /** Kind of rule. A metric has one of each kind: that of a later watcher replaces that of an earlier one. */
    readonly threshold_condition: "greater_than" | "less_than" | "drop_off_cliff";
    /** Chips; a metric must match all. At least one, none with a comma. */
    readonly chips: readonly string[];
    /** Display name; not known to be unique. */
    readonly name: string;
    /** Limit of the rule. Needed, except for `drop_off_cliff`, which has none. */
    readonly threshold_value?: number | "" | null | undefined;
    /** Data points in a row that must break the rule. @default 1 */
    readonly threshold_times?: number | "" | null | undefined;
    /** Compare that of the last `threshold_function_seconds` instead of single data points. */
    readonly threshold_function?: "" | "mean" | "median" | null | undefined;
    /** Window of `threshold_function`. */
    readonly threshold_function_seconds?: number | "" | null | undefined;
    /** For `drop_off_cliff`, the least average that makes the check apply. Needs `threshold_minimum_avg_seconds`. */
    readonly threshold_minimum_avg?: number | "" | null | undefined;
    /** For `drop_off_cliff`, the window of that average. */
    readonly threshold_minimum_avg_seconds?: number | "" | null | undefined;
    /** Whether the watcher notifies anybody. @default false */
    readonly alert?: boolean | undefined;
    /** Name without `#`. */
    readonly slack_channel?: string | null | undefined;
    /** Webhook URL of a Microsoft Teams channel. A secret. */
    readonly ms_teams_webhook?: string | null | undefined;
    /**
     * How long further alerts for the same metric are held back, in `expiration_time_unit`. Send both or neither. A minimum exists;
     * 60 seconds is assumed.
     *
     * @default 3600
     */
    readonly expiration_time?: number | undefined;
    /** @default "second" */
    readonly expiration_time_unit?: "second" | "minute" | "hour" | "day" | "week" | undefined;
    /** Ids of the users that get an e-mail per anomaly. */
    readonly email_users?: "" | readonly number[] | null | undefined;
    /** Ids of the users that get a text message per anomaly; each needs a phone number. */
    readonly sms_users?: "" | readonly number[] | null | undefined;
    /** Ids of the users mentioned in the Slack alert; each needs a Slack member id, and `slack_channel` must be set (assumed). */
    readonly slack_mention_users?: "" | readonly number[] | null | undefined;
    /** When digests go out: `daily-09:30`, `weekly-monday` or `monthly-1`. None when left out. */
    readonly summary_report_frequency?: string | null | undefined;
    /** Ids of the users that get the digest by e-mail; at least one when a frequency is set. */
    readonly summary_report_users?: "" | readonly number[] | null | undefined;
    /** Send one test alert right after creation. Acts once and is never read back. @default false */
    readonly fire_test_alert?: boolean | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    watcher: Watcher;
  }>>;

  /**
   * Changes a watcher of either type; the type itself cannot change.
   *
   * A parameter that is left out keeps its value; `null`, `""` or `[]` clear one that can be cleared (both assumed). The rule's
   * parameters are refused with 400 on an anomaly watcher, a deleted watcher answers 404 (assumed). Evidence: inferred.
   */
  readonly update: (params: {
    readonly watcher_id: number;
    /** Chips; a metric must match all. At least one, none with a comma. */
    readonly chips?: readonly string[] | undefined;
    readonly name?: string | undefined;
    readonly alert?: boolean | undefined;
    readonly slack_channel?: string | null | undefined;
    /** A secret. */
    readonly ms_teams_webhook?: string | null | undefined;
    /** Send `expiration_time_unit` with it. */
    readonly expiration_time?: number | undefined;
    readonly expiration_time_unit?: "second" | "minute" | "hour" | "day" | "week" | undefined;
    readonly email_users?: "" | readonly number[] | null | undefined;
    readonly sms_users?: "" | readonly number[] | null | undefined;
    readonly slack_mention_users?: "" | readonly number[] | null | undefined;
    readonly summary_report_frequency?: string | null | undefined;
    readonly summary_report_users?: "" | readonly number[] | null | undefined;
    readonly threshold_condition?: "greater_than" | "less_than" | "drop_off_cliff" | undefined;
    readonly threshold_value?: number | "" | null | undefined;
    readonly threshold_times?: number | "" | null | undefined;
    readonly threshold_function?: "" | "mean" | "median" | null | undefined;
    readonly threshold_function_seconds?: number | "" | null | undefined;
    readonly threshold_minimum_avg?: number | "" | null | undefined;
    readonly threshold_minimum_avg_seconds?: number | "" | null | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    watcher: Watcher;
  }>>;

  /**
   * Deletes a watcher, softly: `undelete` brings it back.
   *
   * One that is deleted already answers the same again, an unknown id answers 404 (both assumed). Evidence: inferred.
   */
  readonly delete: (params: {
    readonly watcher_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    message?: string | undefined;
    watcher?: Watcher | undefined;
  }>>;

  /**
   * Brings a deleted watcher back with its id and settings.
   *
   * One that is not deleted comes back unchanged (assumed). Evidence: inferred.
   */
  readonly undelete: (params: {
    readonly watcher_id: number;
  }, options?: CallOptions) => Promise<Reply<{
    watcher: Watcher;
  }>>;
}

/** Lists for watchers. */
export interface WatchersMethods {
  /**
   * Lists all watchers; the only way to read one.
   *
   * Not paged (assumed). May be up to about an hour old: see `status.oldest_cached_component_age`. Evidence: inferred.
   */
  readonly list: (params?: {
    /** Whether softly deleted ones are listed too. @default false */
    readonly include_deleted?: boolean | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    watchers: Watcher[];
  }>>;

  /** Lists the chips to choose from, and a sample of the metrics that the chosen ones match. Evidence: inferred. */
  readonly chips: (params?: {
    /** Chips chosen already. */
    readonly chips?: readonly string[] | undefined;
    /** How many names the sample holds at most. @default 20 */
    readonly metrics_limit?: number | undefined;
  }, options?: CallOptions) => Promise<Reply<{
    metrics_count: number;
    chips?: Chip[] | undefined;
    metrics?: string[] | undefined;
  }>>;
}

/** One method per operation, in the groups of the API's own index. */
export interface AnomifyClient {
  /** Lists of anomalies. */
  readonly anomalies: AnomaliesMethods;
  /** One anomaly, and training on it. */
  readonly anomaly: AnomalyMethods;
  /** Payments; for the dashboard. */
  readonly billing: BillingMethods;
  /** The vendor's own contract. */
  readonly doc: DocMethods;
  /** Metrics left out of something. */
  readonly exclusion: ExclusionMethods;
  /** Pictures. */
  readonly image: ImageMethods;
  /** Script for web pages. */
  readonly js: JsMethods;
  /** Sessions and lost passwords. The client never keeps a session that a reply brings: make a new client with it. */
  readonly login: LoginMethods;
  /** Runs in which a pattern explained the data. */
  readonly match: MatchMethods;
  /** One metric. */
  readonly metric: MetricMethods;
  /** Lists of metrics. */
  readonly metrics: MetricsMethods;
  /** Small helps for forms. */
  readonly misc: MiscMethods;
  /** Organization, admin alerts, people, channels, quota. Which organization follows from the token or the session. */
  readonly org: OrgMethods;
  /** One learnt pattern. */
  readonly pattern: PatternMethods;
  /** Lists of patterns. */
  readonly patterns: PatternsMethods;
  /** Is it there. */
  readonly ping: PingMethods;
  /** New organizations. */
  readonly signup: SignupMethods;
  /** State of the service. */
  readonly status: StatusMethods;
  /** One person. */
  readonly user: UserMethods;
  /** One watcher: who hears about which metrics. To read one, list them and pick: see the group `watchers`. */
  readonly watcher: WatcherMethods;
  /** Lists for watchers. */
  readonly watchers: WatchersMethods;
}
