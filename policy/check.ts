import { didYouMean } from "../domain/text/did-you-mean.ts";
import type { Finding, Given, Rule, Sort, Subjects } from "./rule.ts";
import { adminAlertsOn } from "./rules/admin-alerts.ts";
import { exclusionsCarryNoteAndUntil } from "./rules/exclusions.ts";
import { prodWatchersAreRealTime } from "./rules/production.ts";
import { minimumExpiration, noBroadChips, nobodyNotified } from "./rules/watchers.ts";
import type { PolicyConfiguration } from "./subject.ts";

/** All rules, in the order in which findings come. */
export const rules = [
  nobodyNotified,
  prodWatchersAreRealTime,
  noBroadChips,
  minimumExpiration,
  exclusionsCarryNoteAndUntil,
  adminAlertsOn,
] as const;

type AnyOf<One> = One extends Rule<infer Name, infer _Of, infer Settings> ? { name: Name; settings: Settings } : never;
type Known = AnyOf<(typeof rules)[number]>;
export type RuleName = Known["name"];

/** What a violation does in a policy pack: it is reported, it stops the update, or the rule does not run. */
export type EnforcementLevel = "advisory" | "mandatory" | "disabled";
const LEVELS: readonly string[] = ["advisory", "mandatory", "disabled"];

/** Per rule its level, its settings, or both. The same form as in a file for `--policy-pack-config`. */
export type RuleOptions = {
  readonly [One in Known as One["name"]]?:
    | EnforcementLevel
    | (Given<One["settings"]> & { readonly enforcementLevel?: EnforcementLevel });
};

export interface CheckOptions {
  /** `"disabled"` leaves a rule out; the other levels are of no importance here. */
  readonly rules?: RuleOptions;
  /** For rules about dates. @default the current time */
  readonly today?: Date;
}

/** A rule with its types erased, its level and all its settings. */
export interface ChosenRule {
  readonly rule: Rule<RuleName, Sort, object>;
  readonly level: EnforcementLevel | undefined;
  readonly settings: object;
}

/** Every rule with what the options say of it. @throws Error that names what is wrong in the options */
export function choose(options: RuleOptions = {}): ChosenRule[] {
  const names = rules.map(({ name }) => name);
  for (const name of Object.keys(options)) {
    if (!names.some((one) => one === name)) {
      throw new Error(`There is no rule "${name}".${didYouMean(name, names) || ` There are: ${names.join(", ")}`}`);
    }
  }
  return rules.map((typed) => {
    const rule = typed as unknown as ChosenRule["rule"];
    const given = options[rule.name] ?? {};
    const { enforcementLevel: level, ...settings } =
      typeof given === "string" ? { enforcementLevel: given } : (given as { enforcementLevel?: EnforcementLevel });
    if (level !== undefined && !LEVELS.includes(level)) {
      throw new Error(`Rule ${rule.name}: enforcementLevel must be ${LEVELS.map((one) => `"${one}"`).join(", ")}`);
    }
    return { rule, level, settings: rule.parse(settings) };
  });
}

/** The subjects of a sort. */
export function subjectsOf<Of extends Sort>(configuration: PolicyConfiguration, of: Of): readonly Subjects[Of][] {
  const subjects: { readonly [One in Sort]: readonly Subjects[One][] } = {
    watcher: configuration.watchers ?? [],
    exclusion: configuration.exclusions ?? [],
    organization: [configuration],
  };
  return subjects[of];
}

/**
 * Applies all rules to a configuration: plain arguments of resources, or one of `pulumi-anomify/routing`.
 *
 * @example
 * expect(checkAll({ watchers: [checkout, database], adminAlerts })).toEqual([]);
 *
 * @throws Error when a rule or a setting does not exist or is wrong
 */
export function checkAll(configuration: PolicyConfiguration, options: CheckOptions = {}): Finding[] {
  const { today = new Date() } = options;
  return choose(options.rules)
    .filter(({ level }) => level !== "disabled")
    .flatMap(({ rule, settings }) =>
      subjectsOf(configuration, rule.of).flatMap((subject) => rule(subject, settings, today)),
    );
}
