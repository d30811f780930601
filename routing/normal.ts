import { comparable } from "../domain/people/person.ts";
import type { Role } from "../domain/roles.ts";
import type {
  Configuration,
  RoutedAdminAlert,
  RoutedExclusion,
  RoutedPerson,
  RoutedWatcher,
  Who,
} from "../domain/routing/model.ts";
import { namesWithIds } from "../domain/text/names.ts";
import type { ThresholdRule } from "../domain/thresholds/rule.ts";
import { durationSeconds } from "../domain/time/duration.ts";
import { roleOf } from "../provider/catalog.ts";
import type { Values } from "../provider/runtime/definition.ts";
import { labelOf } from "../provider/runtime/definition.ts";

/** An object in the normal form of its kind, as all sources give it. */
export interface NormalObject {
  readonly kind: string;
  /** Id in Anomify; null while there is none. */
  readonly id: string | null;
  readonly inputs: Values;
}

/** The parts of a configuration that are made of resources. People by id get their address where it is among the objects. */
export function fromObjects(
  objects: readonly NormalObject[],
): Pick<Configuration, "watchers" | "adminAlerts" | "exclusions" | "people"> {
  const of = (...roles: Role[]) => objects.filter(({ kind }) => roles.some((role) => roleOf(kind) === role));
  const people = of("person").map(personOf);
  const who = (list: unknown): Who[] => asPeople(list, people);
  return {
    watchers: distinct(of("watcher", "threshold-watcher").map((object) => watcherOf(object, who))),
    adminAlerts: of("admin-alert").map((object) => adminAlertOf(object, who)),
    exclusions: distinct(of("exclusion").map(exclusionOf)),
    people,
  };
}

/** With labels that can be told apart. */
function distinct<One extends { readonly id: string | null; readonly label: string }>(list: readonly One[]): One[] {
  const labelIn = namesWithIds(
    list,
    ({ label }) => label,
    ({ id }) => id,
  );
  return list.map((one) => ({ ...one, label: labelIn(one) }));
}

type Named = (list: unknown) => Who[];

function watcherOf({ kind, id, inputs }: NormalObject, who: Named): RoutedWatcher {
  const summary = inputs.summaryReport as { frequency: string; emailUsers: unknown } | null | undefined;
  return {
    kind,
    type: roleOf(kind) === "threshold-watcher" ? "threshold" : "anomaly",
    id,
    label: labelOf(kind, inputs.name),
    name: String(inputs.name ?? ""),
    chips: [...((inputs.chips ?? []) as string[])],
    alert: inputs.alert !== false,
    emailUsers: who(inputs.emailUsers),
    smsUsers: who(inputs.smsUsers),
    slackChannel: textOf(inputs.slackChannel),
    slackMentionUsers: who(inputs.slackMentionUsers),
    msTeams: (inputs.msTeamsWebhook ?? null) !== null,
    expirationSeconds: durationSeconds(String(inputs.expiration ?? "1h")),
    summaryReport: summary ? { frequency: summary.frequency, emailUsers: who(summary.emailUsers) } : null,
    threshold: (inputs.threshold ?? null) as ThresholdRule | null,
  };
}

function exclusionOf({ kind, id, inputs }: NormalObject): RoutedExclusion {
  return {
    id,
    label: labelOf(kind, inputs.pattern),
    type: String(inputs.type ?? ""),
    pattern: String(inputs.pattern ?? ""),
    note: textOf(inputs.note),
    until: textOf(inputs.until),
  };
}

function adminAlertOf({ kind, inputs }: NormalObject, who: Named): RoutedAdminAlert {
  return {
    label: labelOf(kind, inputs.alert),
    alert: inputs.alert as RoutedAdminAlert["alert"],
    enabled: inputs.enabled !== false,
    emailUsers: inputs.emailUsers ? who(inputs.emailUsers) : null,
    smsUsers: inputs.smsUsers ? who(inputs.smsUsers) : null,
    // Empty is how the service says that there is none.
    slackChannel: textOf(inputs.slackChannel) || null,
    waitSeconds: (inputs.waitSeconds ?? null) as number | null,
  };
}

/** What a program does not manage of a person is null in its record, and not known here. */
function personOf({ id, inputs }: NormalObject): RoutedPerson {
  const { phoneNumber, slackMemberId, emailAlerts } = inputs as Partial<RoutedPerson>;
  return {
    id: id === null ? null : Number(id),
    name: textOf(inputs.name),
    email: comparable(String(inputs.email ?? "")),
    ...(phoneNumber === undefined ? {} : { phoneNumber }),
    ...(slackMemberId === undefined ? {} : { slackMemberId }),
    ...(emailAlerts === undefined ? {} : { emailAlerts }),
  };
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** People by address in lower case; by id where the address is not known. A set. */
export function asPeople(list: unknown, people: readonly RoutedPerson[]): Who[] {
  const given = Array.isArray(list) ? (list as Who[]) : [];
  return [...new Set(given.map((who) => addressOf(who, people)))];
}

function addressOf(who: Who, people: readonly RoutedPerson[]): Who {
  const id = typeof who === "number" ? who : /^\d+$/.test(who) ? Number(who) : undefined;
  if (id === undefined) return comparable(String(who));
  return people.find((person) => person.id === id)?.email ?? id;
}
