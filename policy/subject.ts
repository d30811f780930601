import { durationSeconds } from "../domain/time/duration.ts";
import { kindOf } from "../provider/catalog.ts";
import { duration } from "../provider/resources/fields.ts";
import { labelOf } from "../provider/runtime/definition.ts";
import { isUnknown } from "../provider/runtime/unknowns.ts";

/** A person: e-mail address, or id of a user. */
export type PolicyPerson = string | number;

/**
 * A watcher, as a program writes it (`WatcherArgs` without outputs), as a state records it, or of a routing configuration.
 */
export interface PolicyWatcher {
  /** What it is called in findings. @default `Watcher "<name>"` */
  readonly label?: string | undefined;
  readonly name?: string | undefined;
  readonly chips: readonly string[];
  /** @default true */
  readonly alert?: boolean | null | undefined;
  readonly emailUsers?: readonly PolicyPerson[] | null | undefined;
  readonly smsUsers?: readonly PolicyPerson[] | null | undefined;
  readonly slackChannel?: string | null | undefined;
  readonly slackMentionUsers?: readonly PolicyPerson[] | null | undefined;
  readonly msTeamsWebhook?: string | null | undefined;
  /** Whether a Teams webhook is set, where the URL itself is not there. */
  readonly msTeams?: boolean | undefined;
  /** @default "1h" */
  readonly expiration?: string | { readonly value: number; readonly unit: DurationUnit } | null | undefined;
  /** The same in seconds, where that is known. */
  readonly expirationSeconds?: number | undefined;
  readonly summaryReport?: { readonly emailUsers: readonly PolicyPerson[] } | null | undefined;
}

type DurationUnit = "second" | "minute" | "hour" | "day" | "week";

export interface PolicyExclusion {
  /** @default `Exclusion "<pattern>"` */
  readonly label?: string | undefined;
  readonly pattern: string;
  readonly note?: string | null | undefined;
  /** Last day, such as `2027-01-31`, in UTC. */
  readonly until?: string | null | undefined;
}

export interface PolicyAdminAlert {
  /** @default `AdminAlert "<alert>"` */
  readonly label?: string | undefined;
  readonly alert: string;
  /** @default true */
  readonly enabled?: boolean | null | undefined;
  readonly emailUsers?: readonly PolicyPerson[] | null | undefined;
  readonly smsUsers?: readonly PolicyPerson[] | null | undefined;
  readonly slackChannel?: string | null | undefined;
}

export interface PolicyOrgSettings {
  readonly name?: string | null | undefined;
  readonly timezone?: string | null | undefined;
}

/** What the rules are applied to: a configuration of one organization. */
export interface PolicyConfiguration {
  readonly watchers?: readonly PolicyWatcher[];
  readonly exclusions?: readonly PolicyExclusion[];
  readonly adminAlerts?: readonly PolicyAdminAlert[];
  /** Left out: not declared. */
  readonly orgSettings?: PolicyOrgSettings | undefined;
}

const LABELS = {
  watcher: [kindOf("watcher"), "name"],
  exclusion: [kindOf("exclusion"), "pattern"],
  admin: [kindOf("admin-alert"), "alert"],
} as const;

/** What a resource is called in findings, by the property that names it while that is known. */
export function labelIn(sort: keyof typeof LABELS, given: object): string {
  const values = given as Readonly<Record<string, unknown>>;
  if (typeof values.label === "string") return values.label;
  const [kind, key] = LABELS[sort];
  return labelOf(
    kind,
    ifKnown(() => values[key]),
  );
}

/** A value that a preview does not know yet was read: what depends on it cannot be judged. */
export class NotKnown extends Error {
  override readonly name = "NotKnown";
  /** Properties of which at least one is not known. */
  readonly properties: readonly string[];
  constructor(...properties: string[]) {
    super(`${properties.join(", ")}: not known yet, so that the rule cannot be checked`);
    this.properties = properties;
  }
}

/** The value, or undefined when it is not known yet. */
export function ifKnown<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

/**
 * A copy in which reading a property that is not known yet throws {@link NotKnown}. Unknown items of a list stay in it: for
 * some questions their number is enough.
 */
export function guarded<Given extends object>(given: Given): Given {
  const copy = {};
  for (const [property, value] of Object.entries(given)) {
    const get = () => {
      if (isUnknown(value)) throw new NotKnown(property);
      return value;
    };
    Object.defineProperty(copy, property, { enumerable: true, get });
  }
  return copy as Given;
}

/** The known items of a list, and how many are not known yet. */
export function known<Item>(list: readonly Item[] | null | undefined): { items: Item[]; unknown: number } {
  const items = (list ?? []).filter((item) => !isUnknown(item));
  return { items, unknown: (list ?? []).length - items.length };
}

/** Seconds of a duration such as `"90m"`. @throws Error when it is none */
export function secondsOf(given: NonNullable<PolicyWatcher["expiration"]>): number {
  const parsed = duration.safeParse(given);
  if (!parsed.success) throw new Error(`${JSON.stringify(given)} ${parsed.error.issues[0]?.message}`);
  return durationSeconds(parsed.data);
}
