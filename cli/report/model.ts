import type { DiagnosticSeverity } from "../../domain/diagnostics/index.ts";
import type { CoverageNode, Span, Way } from "../../routing/index.ts";
import type { Branch } from "./tree.ts";

/** All that a report says of an organization, in the shape of `--json`. A change of a key's meaning raises `version`. */
export interface Report {
  readonly format: "anomify-report";
  readonly version: 1;
  readonly organization: { readonly id: number; readonly name: string };
  /** Unix seconds, the service's clock: what this was true of. Ages count from here. */
  readonly takenAt: number;
  /** The worst first. */
  readonly problems: readonly ReportProblem[];
  /** Those with the most metrics first. */
  readonly watchers: readonly ReportWatcher[];
  /** Null where the metrics could not be read. */
  readonly coverage: CoverageNode | null;
  /** Those with the most messages first. */
  readonly recipients: readonly ReportRecipient[];
  /** E-mail addresses of the members whom no watcher notifies. */
  readonly unnotifiedMembers: readonly string[];
  /** Null where the stored anomalies could not be read. */
  readonly load: ReportLoad | null;
  readonly overlaps: readonly ReportOverlap[];
  readonly adminAlerts: readonly ReportAdminAlert[];
  /** The oldest first. */
  readonly exclusions: readonly ReportExclusion[];
  /** What could not be read, or not in full. */
  readonly notes: readonly string[];
  /** What holds for every report: what the numbers rest on, and what they cannot know. */
  readonly limits: readonly string[];
}

export interface ReportProblem {
  readonly severity: DiagnosticSeverity;
  /** A code of `anomify health`, or `muted`, `all-stopped`. */
  readonly code: string;
  /** Kind of resource, such as `Watcher`; empty for the organization. */
  readonly kind: string;
  /** Id in Anomify; null where one resource is not meant, or two have the same name. */
  readonly id: string | null;
  /** What messages call the resource, such as `Watcher "CPU idle"`. */
  readonly resource: string;
  /** Path such as `smsUsers`; empty when the resource as a whole is meant. */
  readonly property: string;
  readonly text: string;
}

export interface ReportWatcher {
  readonly kind: string;
  /** Id in Anomify. */
  readonly id: string | null;
  readonly name: string;
  readonly chips: readonly string[];
  /** In words, such as `greater than 500, 3 times`; null for kind Watcher. */
  readonly threshold: string | null;
  readonly alert: boolean;
  /** What its chips match; null where that is not known. */
  readonly reach: Reach | null;
  readonly notifies: readonly ReportWay[];
  /** Alerts that would have gone out in the span; null where no replay says so. */
  readonly alerts: number | null;
  /** Anomalies that an earlier alert for the same metric held back. */
  readonly heldBack: number | null;
  /** How long an alert holds back further ones for the same metric. */
  readonly expirationSeconds: number;
}

export interface Reach {
  readonly metrics: number;
  /** A few of the names. */
  readonly sample: readonly string[];
  /** Whether only our own rule decides, since the service could not be asked. */
  readonly estimate: boolean;
}

/** A recipient of a watcher, in one way. */
export interface ReportWay {
  readonly to: string;
  readonly by: Way;
  /** Why nothing arrives; null when nothing is known to be in the way. */
  readonly obstacle: string | null;
}

export interface ReportRecipient {
  readonly kind: "person" | "channel";
  /** E-mail address, `user 7`, `#ops` or `Microsoft Teams`. */
  readonly to: string;
  /** Null for channels, and for people who are no members. */
  readonly name: string | null;
  readonly ways: readonly RecipientWay[];
  /** Watchers that name them. */
  readonly watchers: number;
  /** Messages in the span, of all ways together; null where no replay says so. */
  readonly messages: number | null;
}

export interface RecipientWay {
  readonly by: Way;
  /** Null where no replay says so, as for summaries. */
  readonly messages: number | null;
  /** Why nothing arrives in this way; null when nothing is known to be in the way. */
  readonly obstacle: string | null;
}

export interface ReportLoad {
  readonly span: Span;
  /** Anomalies in the span. */
  readonly anomalies: number;
  readonly alerts: number;
  /** Alerts for each 24 hours of the span, the oldest first. */
  readonly days: readonly number[];
}

/** Two watchers that notify somebody of the same metrics. */
export interface ReportOverlap {
  readonly watchers: readonly [string, string];
  readonly recipients: readonly string[];
  readonly metrics: number | null;
}

export interface ReportAdminAlert {
  readonly alert: string;
  readonly enabled: boolean;
  readonly waitSeconds: number | null;
  readonly notifies: readonly Pick<ReportWay, "to" | "by">[];
}

export interface ReportExclusion {
  readonly id: string | null;
  readonly type: string;
  readonly pattern: string;
  readonly note: string | null;
  /** Whole days since it was made; null where that is not known. */
  readonly ageDays: number | null;
  /** E-mail address of who made it; null for the token of the organization, or where that is not known. */
  readonly by: string | null;
  /** Last day that a program gives it; null where no state was given, or it has none. */
  readonly until: string | null;
  readonly isPast: boolean;
  readonly reach: Reach | null;
  /** Whether the metrics that match raise no alerts; null for a type of which nothing is known. */
  readonly silences: boolean | null;
}

/** What the sections are given: every text is harmless, and the tree is cut. */
export type Shown = Omit<Report, "coverage"> & { readonly coverage: Branch | null };
