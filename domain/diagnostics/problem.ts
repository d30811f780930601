import type { LiveUser } from "../../provider/organization/live.ts";
import type { Values } from "../../provider/runtime/define.ts";

/** `error`: somebody who is meant to be told cannot be, or it has no effect. `warning`: it works as written, but hardly as meant. */
export type ProblemSeverity = "error" | "warning";

/** What can be wrong, each with its severity. */
export const CODES = {
  /** A recipient is not a member of the organization. */
  "person-left": "error",
  "no-phone-number": "error",
  "no-slack-member-id": "error",
  "slack-not-connected": "error",
  /** The channel was archived, or never connected. */
  "no-such-channel": "error",
  "retired-teams-host": "warning",
  /** A watcher with `alert: false`. */
  "alert-off": "warning",
  "nobody-told": "warning",
  /** A watcher that tells nobody of an anomaly, and sends a digest alone. */
  "summary-only": "warning",
  "no-metric": "warning",
  /** A threshold watcher of so many metrics that its rule watches nothing (assumed). */
  "too-many-metrics": "error",
  /** The admin alert `all-metrics-stopped` is disabled. */
  "admin-alert-off": "warning",
  "admin-alert-nobody": "warning",
  /** An admin alert that only a channel is told of which watchers fill. */
  "admin-alert-drowned": "warning",
  /** An exclusion after its `until`. */
  "exclusion-past": "warning",
} as const satisfies Readonly<Record<string, ProblemSeverity>>;
export type ProblemCode = keyof typeof CODES;

/** Something in a configuration that keeps an alert from those who need it. */
export interface Problem {
  readonly severity: ProblemSeverity;
  readonly code: ProblemCode;
  readonly kind: string;
  /** Id in Anomify; null while there is none. */
  readonly id: string | null;
  /** What messages call the resource, such as `Watcher "CPU idle"`. */
  readonly resource: string;
  /** Path such as `smsUsers`; empty when the resource as a whole is meant. */
  readonly property: string;
  /** What is wrong and what to do, without the resource and the property. Never a webhook's URL. */
  readonly text: string;
}

/** An object of a configuration, wherever it comes from. */
export interface Subject {
  /** Kind of resource, such as `Watcher`. */
  readonly kind: string;
  readonly id?: string | null;
  /** What messages call it. */
  readonly label: string;
  /** In normal form. Null: not set, or not managed. What is absent is not known, and nothing is said of it. */
  readonly inputs: Values;
}

/** What is known of the organization. What is absent is not known, and nothing is said of it. */
export interface Facts {
  /** All members. */
  readonly people?: ReadonlyArray<Pick<LiveUser, "id" | "email" | "phone_number" | "slack_member_id">>;
  /** Names of the connected Slack channels, without `#`. */
  readonly channels?: readonly string[];
  /** Inputs of the live admin alerts: they stand for what a program does not manage. */
  readonly adminAlerts?: readonly Values[];
  /** Channels that watchers write to beside those of the subjects. */
  readonly watcherChannels?: readonly string[];
  /** What chips catch; undefined when that is not known. */
  readonly caught?: (chips: readonly string[]) => { readonly count: number; readonly estimate: boolean } | undefined;
  /** Milliseconds since 1970. @default the time of this machine */
  readonly now?: number;
}

/** What a rule finds in one subject. */
export interface Finding {
  readonly code: ProblemCode;
  readonly property: string;
  readonly text: string;
}
