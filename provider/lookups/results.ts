/** What the look-up functions take and give. Names are those of the resources, not those of the wire; nothing in here is a secret. */
import type { ThresholdRule } from "../../domain/thresholds/rule.ts";

/** Which person: give one of the two. */
export interface GetUserArgs {
  /** E-mail address; case means nothing. */
  email?: string;
  /** User id. */
  id?: number;
}

/** A person of the organization. */
export interface GetUserResult {
  id: number;
  /** In lower case. */
  email: string;
  /** May be empty. */
  name: string;
  /** In international form; null: no SMS can reach this person. */
  phoneNumber: string | null;
  /** Null: this person cannot be mentioned in Slack. */
  slackMemberId: string | null;
  admin: boolean;
}

export interface GetChannelArgs {
  /** Name of the channel, with or without `#`. */
  name: string;
}

/** A Slack channel that can be alerted. */
export interface GetChannelResult {
  /** Slack's id. */
  id: string;
  /** Without `#`. */
  name: string;
  private: boolean;
}

export interface GetChipsArgs {
  /**
   * Chips chosen already: the answer is about the metrics that match all of them.
   * @default []
   */
  chips?: string[];
}

/** Parts of metric names that a watcher can choose, and what the chosen ones match. */
export interface GetChipsResult {
  /** Chips that can be added, with the number of metrics that would remain. */
  chips: { chip: string; metricsCount: number }[];
  /** Metrics that match all chosen chips. */
  metricsCount: number;
  /** Some of their names, at most 20. */
  metrics: string[];
}

export interface GetMetricsArgs {
  /** Part of a name. Left out: all metrics. */
  search?: string;
  /**
   * Metrics at most.
   * @default 100
   */
  limit?: number;
}

/** A metric that the organization sends. */
export interface GetMetricResult {
  id: number;
  name: string;
  /** Whether it still sends data; null when the service does not say. */
  active: boolean | null;
}

export interface GetWatchersArgs {
  /** Whole name; case counts. Left out: watchers of any name. Several watchers may have the same one. */
  name?: string;
  /**
   * Whether to give the softly deleted watchers instead of those that exist.
   * @default false
   */
  deleted?: boolean;
}

export interface GetWatcherArgs {
  /** Whole name; case counts. */
  name: string;
}

/** A watcher of either type, in the words of the resource. */
export interface GetWatcherResult {
  watcherId: number;
  type: "anomaly" | "threshold";
  name: string;
  chips: string[];
  /** Whether anybody is notified. */
  alert: boolean;
  /** By e-mail address; by user id whoever is not in the organization any more. */
  emailUsers: (string | number)[];
  smsUsers: (string | number)[];
  /** Without `#`. */
  slackChannel: string | null;
  slackMentionUsers: (string | number)[];
  /** Whether it notifies Microsoft Teams. The URL itself is a secret, and is not given. */
  hasMsTeamsWebhook: boolean;
  /** Such as `90m` or `1h`. */
  expiration: string;
  summaryReport: { frequency: string; emailUsers: (string | number)[] } | null;
  /** Null for the type `anomaly`. What the condition has no use for is absent: `drop_off_cliff` has no `value`. */
  threshold: ThresholdRule | null;
  /** Deletion is soft: a deleted watcher can be brought back. */
  deleted: boolean;
}

/** A kind of exclusion. The set is open. */
export interface GetExclusionTypeResult {
  /** Key, as the input `type` of an exclusion wants it. */
  type: string;
  name: string;
  description: string;
}

/** The organization that the settings lead to. */
export interface GetOrganizationResult {
  id: number;
  name: string;
  /** IANA name, such as `Europe/London`. */
  timezone: string;
  /** Whether Slack is connected; null when the service does not say. */
  slackConnected: boolean | null;
  /** Whether Microsoft Teams is connected; null when the service does not say. */
  msTeamsConnected: boolean | null;
}
