import type { ThresholdRule } from "../thresholds/rule.ts";

/** Who is to be notified of what: everything in `routing` is a pure function of this, wherever it came from. */
export interface Configuration {
  readonly organization?: { readonly id: number; readonly name: string };
  /** In the order of the source. Deleted ones are not among them. */
  readonly watchers: readonly RoutedWatcher[];
  readonly adminAlerts: readonly RoutedAdminAlert[];
  readonly exclusions: readonly RoutedExclusion[];
  readonly people: readonly RoutedPerson[];
  /** Whether `people` are all members of the organization: then nobody else can be notified. */
  readonly everybody: boolean;
  /** Names of the connected Slack channels, without `#`; absent where they are not known. */
  readonly channels?: readonly string[];
  /** Absent where they are not known. */
  readonly metrics?: readonly RoutedMetric[];
  /** There while an operator has muted the organization. Unix seconds; null for an end that is not known. */
  readonly muted?: { readonly until: number | null };
}

/** A person: e-mail address in lower case, or the user id where the address is not known. */
export type Who = string | number;

export interface RoutedWatcher {
  /** Kind of resource, such as `Watcher`. */
  readonly kind: string;
  /** What it watches for: anomalies, or a broken static rule. */
  readonly type: "anomaly" | "threshold";
  /** Id in Anomify; null while there is none. */
  readonly id: string | null;
  /** What messages call it, such as `Watcher "CPU idle"`. */
  readonly label: string;
  readonly name: string;
  readonly chips: readonly string[];
  /** Whether anybody is notified at all. */
  readonly alert: boolean;
  readonly emailUsers: readonly Who[];
  readonly smsUsers: readonly Who[];
  /** Without `#`. */
  readonly slackChannel: string | null;
  readonly slackMentionUsers: readonly Who[];
  /** Whether there is a webhook; never its URL. */
  readonly msTeams: boolean;
  /** How long an alert holds back further ones for the same metric. */
  readonly expirationSeconds: number;
  readonly summaryReport: { readonly frequency: string; readonly emailUsers: readonly Who[] } | null;
  /** Null for one that watches for anomalies. */
  readonly threshold: ThresholdRule | null;
}

export interface RoutedExclusion {
  /** Id in Anomify; null while there is none. */
  readonly id: string | null;
  /** What messages call it, such as `Exclusion "prod.errors"`. */
  readonly label: string;
  /** Key of an exclusion type. */
  readonly type: string;
  readonly pattern: string;
  readonly note: string | null;
  /** Last day (UTC) on which the program means it to be there, such as `2027-01-31`. Anomify ends nothing by itself. */
  readonly until?: string | null;
}

/** Null where the source does not manage a property. */
export interface RoutedAdminAlert {
  /** What messages call it, such as `AdminAlert "all-metrics-stopped"`. */
  readonly label: string;
  readonly alert: "all-metrics-stopped" | "some-metrics-stopped";
  readonly enabled: boolean;
  readonly emailUsers: readonly Who[] | null;
  readonly smsUsers: readonly Who[] | null;
  readonly slackChannel: string | null;
  readonly waitSeconds: number | null;
}

/** How a person is reached. Null: there is none. Absent: not known. */
export interface RoutedPerson {
  /** User id; null where it is not known. */
  readonly id: number | null;
  readonly name: string | null;
  /** In lower case. */
  readonly email: string;
  readonly phoneNumber?: string | null;
  readonly slackMemberId?: string | null;
  /** Whether e-mail alerts reach this person (assumed). */
  readonly emailAlerts?: boolean | null;
}

export interface RoutedMetric {
  readonly name: string;
  /** Whether it still sends data. */
  readonly active: boolean;
}
