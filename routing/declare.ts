import {
  type DiagnosticCode,
  diagnose,
  type Facts,
  formatDiagnostic,
  type Subject,
} from "../domain/diagnostics/index.ts";
import type { Role } from "../domain/roles.ts";
import type { Configuration, RoutedMetric, Who } from "../domain/routing/model.ts";
import { catalog, kindOf } from "../provider/catalog.ts";
import { checkOffline } from "../provider/runtime/check.ts";
import type { Values } from "../provider/runtime/definition.ts";
import { fromObjects, type NormalObject } from "./normal.ts";

/** Plain arguments of a `Watcher`; with `threshold`, of a `ThresholdWatcher`. Defaults are those of the resource. */
export interface DeclaredWatcher {
  readonly name: string;
  readonly chips: readonly string[];
  /** @default true */
  readonly alert?: boolean | null | undefined;
  readonly emailUsers?: readonly Who[] | null | undefined;
  readonly smsUsers?: readonly Who[] | null | undefined;
  readonly slackChannel?: string | null | undefined;
  readonly slackMentionUsers?: readonly Who[] | null | undefined;
  readonly msTeamsWebhook?: string | null | undefined;
  /** @default "1h" */
  readonly expiration?:
    | string
    | { readonly value: number; readonly unit: "second" | "minute" | "hour" | "day" | "week" }
    | null
    | undefined;
  readonly summaryReport?: { readonly frequency: string; readonly emailUsers: readonly Who[] } | null | undefined;
  readonly threshold?: {
    readonly condition: "greater_than" | "less_than" | "drop_off_cliff";
    readonly value?: number;
    readonly times?: number;
    readonly function?: "mean" | "median";
    readonly functionSeconds?: number;
    readonly minimumAvg?: number;
    readonly minimumAvgSeconds?: number;
  };
  /** Any other argument of the resource, such as `undelete`: it notifies nobody. */
  readonly [other: string]: unknown;
}

/** Plain arguments of an `Exclusion`. */
export interface DeclaredExclusion {
  readonly type: string;
  readonly pattern: string;
  readonly note?: string | null | undefined;
  /** Last day (UTC), such as `2027-01-31`. */
  readonly until?: string | null | undefined;
  readonly [other: string]: unknown;
}

/** Plain arguments of an `AdminAlert`. */
export interface DeclaredAdminAlert {
  readonly alert: "all-metrics-stopped" | "some-metrics-stopped";
  readonly enabled?: boolean | null | undefined;
  readonly emailUsers?: readonly Who[] | null | undefined;
  readonly smsUsers?: readonly Who[] | null | undefined;
  readonly slackChannel?: string | null | undefined;
  readonly waitSeconds?: number | null | undefined;
  readonly [other: string]: unknown;
}

/** A member of the organization. A phone number or Slack id that is left out is not known; null says that there is none. */
export interface DeclaredPerson {
  readonly id?: number;
  readonly email: string;
  readonly name?: string | null | undefined;
  readonly phoneNumber?: string | null | undefined;
  readonly slackMemberId?: string | null | undefined;
  readonly emailAlerts?: boolean | null | undefined;
}

/** A configuration as a unit test writes it. */
export interface Declaration {
  readonly watchers?: readonly DeclaredWatcher[];
  readonly exclusions?: readonly DeclaredExclusion[];
  readonly adminAlerts?: readonly DeclaredAdminAlert[];
  /** All members: a recipient who is not among them is then a mistake. Left out: anybody can be notified. */
  readonly people?: readonly DeclaredPerson[];
  /** All connected Slack channels: another one is then a mistake. Left out: any will do. */
  readonly channels?: readonly string[];
  /** Metric names; one that stopped as `{ name, active: false }`. */
  readonly metrics?: ReadonlyArray<string | RoutedMetric>;
}

/**
 * The configuration of plain arguments, in the normal form in which the resources record them.
 *
 * @throws Error that names every mistake
 */
export function declare(declaration: Declaration): Configuration {
  const { watchers = [], exclusions = [], adminAlerts = [], people, channels, metrics } = declaration;
  const problems: string[] = [];
  const make = (role: Role, given: Values, id: string | null = null) => normalize(role, given, id, problems);
  const objects = [
    ...watchers.map((given) => make((given.threshold ?? null) === null ? "watcher" : "threshold-watcher", given)),
    ...exclusions.map((given) => make("exclusion", given)),
    ...adminAlerts.map((given) => make("admin-alert", given)),
    ...(people ?? []).map(({ id, ...given }) => make("person", given, id === undefined ? null : String(id))),
  ];
  const named = channels?.map((name) => name.replace(/^#/, ""));
  const configuration: Configuration = {
    ...fromObjects(objects),
    everybody: people !== undefined,
    ...(named === undefined ? {} : { channels: named }),
    ...(metrics === undefined ? {} : { metrics: metrics.map(asMetric) }),
  };
  problems.push(...strangers(configuration));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return configuration;
}

const asMetric = (metric: string | RoutedMetric): RoutedMetric =>
  typeof metric === "string" ? { name: metric, active: true } : metric;

function normalize(role: Role, given: Values, id: string | null, problems: string[]): NormalObject {
  const definition = catalog.find((candidate) => candidate.role === role);
  if (definition === undefined)
    throw new Error(`internal error: there is no kind with the role ${role}. Please report it`);
  const { inputs, failures } = checkOffline(definition, given);
  problems.push(...failures.map(({ reason }) => reason));
  // Of a person, null is said; what is left out is not known.
  const said = Object.entries(inputs).filter(([key, value]) => value !== null || given[key] === null);
  return { kind: definition.kind, id, inputs: role === "person" ? Object.fromEntries(said) : inputs };
}

/** Diagnostics that only a declaration of everybody, or of all channels, can have. */
const STRANGERS: readonly DiagnosticCode[] = [
  "person-left",
  "person-ambiguous",
  "no-such-channel",
  "slack-not-connected",
];

/** Recipients and channels that the organization, where all of it is declared, does not have. */
function strangers(configuration: Configuration): string[] {
  const { watchers, adminAlerts, people, everybody, channels } = configuration;
  const subjects: Subject[] = [
    ...watchers.map((watcher) => ({
      kind: watcher.kind,
      role: watcher.type === "anomaly" ? ("watcher" as const) : ("threshold-watcher" as const),
      label: watcher.label,
      inputs: { ...watcher },
    })),
    ...adminAlerts.map((alert) => ({
      kind: kindOf("admin-alert"),
      role: "admin-alert" as const,
      label: alert.label,
      inputs: { ...alert },
    })),
  ];
  const facts: Facts = { ...(everybody ? { people } : {}), ...(channels === undefined ? {} : { channels }) };
  return diagnose(subjects, facts)
    .filter(({ code }) => STRANGERS.includes(code))
    .map(formatDiagnostic);
}
