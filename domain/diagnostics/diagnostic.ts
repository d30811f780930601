import type { Identified } from "../people/person.ts";
import type { Contact } from "../people/reachability.ts";
import type { Role } from "../roles.ts";

/** `error`: somebody who is to be notified cannot be, or it has no effect. `warning`: it works as written, but hardly as meant. */
export type DiagnosticSeverity = "error" | "warning";

/** What can be wrong, each with its severity. */
export const CODES = {
  /** A recipient is not a member of the organization. */
  "person-left": "error",
  /** Two members have the address of a recipient, but for case. */
  "person-ambiguous": "error",
  "no-phone-number": "error",
  "no-slack-member-id": "error",
  "slack-not-connected": "error",
  /** The channel was archived, or never connected. */
  "no-such-channel": "error",
  "retired-teams-host": "warning",
  /** A watcher with `alert: false`. */
  "alert-off": "warning",
  "nobody-notified": "warning",
  /** A watcher that notifies nobody of an anomaly, and sends a digest alone. */
  "summary-only": "warning",
  "no-metric": "warning",
  /** A threshold watcher of so many metrics that its rule watches nothing (assumed). */
  "too-many-metrics": "error",
  /** The admin alert `all-metrics-stopped` is disabled. */
  "admin-alert-off": "warning",
  "admin-alert-nobody": "warning",
  /** An admin alert that only notifies a channel which watchers fill. */
  "admin-alert-drowned": "warning",
  /** An exclusion after its `until`. */
  "exclusion-past": "warning",
} as const satisfies Readonly<Record<string, DiagnosticSeverity>>;
export type DiagnosticCode = keyof typeof CODES;

/** Something in a configuration that keeps an alert from those who need it. */
export interface Diagnostic {
  readonly severity: DiagnosticSeverity;
  readonly code: DiagnosticCode;
  readonly kind: string;
  /** Id in Anomify; null while there is none. */
  readonly id: string | null;
  /** What messages call the resource, such as `Watcher "CPU idle"`. */
  readonly resource: string;
  /** Path such as `smsUsers`; empty when the resource as a whole is meant. */
  readonly property: string;
  /** What is wrong, without resource, property and full stop. Never a webhook's URL. */
  readonly message: string;
  /** The next step, without full stop; empty when there is none to name. */
  readonly hint: string;
}

/** What a rule finds in one subject. */
export type Finding = Pick<Diagnostic, "code" | "property" | "message" | "hint">;

/** What is wrong and what to do, as sentences: `is false, so nobody is notified. Set alert: true, or remove the watcher.` */
export function describe({ message, hint }: Pick<Diagnostic, "message" | "hint">): string {
  return hint === "" ? sentence(message) : `${sentence(message)} ${sentence(hint)}`;
}

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** A whole diagnostic: `Watcher "CPU idle", smsUsers: ana@acme.example has no phone number, so no SMS can reach them. …` */
export function formatDiagnostic(diagnostic: Pick<Diagnostic, "resource" | "property" | "message" | "hint">): string {
  const { resource, property } = diagnostic;
  return `${property === "" ? resource : `${resource}, ${property}`}: ${describe(diagnostic)}`;
}

/** An object of a configuration, wherever it comes from. */
export interface Subject {
  /** Kind of resource, such as `Watcher`. */
  readonly kind: string;
  /** What it is to alerting. */
  readonly role: Role;
  readonly id?: string | null;
  /** What messages call it. */
  readonly label: string;
  /** In normal form. Null: not set, or not managed. What is absent is not known, and nothing is said of it. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What is known of the organization. What is absent is not known, and nothing is said of it. */
export interface Facts {
  /** All members. */
  readonly people?: ReadonlyArray<Identified & Contact>;
  /** Names of the connected Slack channels, without `#`. */
  readonly channels?: readonly string[];
  /** Inputs of the live admin alerts: they stand for what a program does not manage. */
  readonly adminAlerts?: ReadonlyArray<Readonly<Record<string, unknown>>>;
  /** Channels that watchers write to beside those of the subjects. */
  readonly watcherChannels?: readonly string[];
  /** What chips match; undefined when that is not known. */
  readonly matched?: (chips: readonly string[]) => MatchedCount | undefined;
  /** Milliseconds since 1970. @default the time of this machine */
  readonly now?: number;
}

/** How many metrics chips match. */
export interface MatchedCount {
  readonly count: number;
  /** Whether only our own rule says, which is assumed. */
  readonly estimate: boolean;
}
