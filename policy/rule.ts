import { z } from "zod";
import { type Diagnostic, describe } from "../domain/diagnostics/index.ts";
import { didYouMean } from "../domain/text/did-you-mean.ts";
import { formatPath } from "../provider/runtime/messages.ts";
import {
  guarded,
  ifKnown,
  labelIn,
  NotKnown,
  type PolicyConfiguration,
  type PolicyExclusion,
  type PolicyWatcher,
} from "./subject.ts";

export type Severity = "low" | "medium" | "high" | "critical";

/** Something that a rule forbids. */
export interface Finding {
  /** Name of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** What it is about, such as `Watcher "CPU idle"`. */
  readonly resource: string;
  /** Property to change; empty when the mistake is that something is missing. */
  readonly property: string;
  /** What is wrong and what to do. Never a secret value. */
  readonly message: string;
}

/** What a rule judges: each watcher of either kind, each exclusion, or all that an organization declares. */
export interface Subjects {
  readonly watcher: PolicyWatcher;
  readonly exclusion: PolicyExclusion;
  readonly organization: PolicyConfiguration;
}
export type Sort = keyof Subjects;

/** What a rule says of a subject. `resource` is there when the finding is about a part of it. */
export type Complaint = Pick<Finding, "property" | "message"> & { readonly resource?: string };

/** What a rule says where a diagnostic of the resource itself says it already. */
export const complaintOf = (finding: Pick<Diagnostic, "property" | "message" | "hint">): Complaint => ({
  property: finding.property,
  // The full stop comes with the label.
  message: describe(finding).replace(/\.$/, ""),
});

export interface RuleSpec<Name extends string, Of extends Sort, Settings extends object> {
  readonly name: Name;
  readonly description: string;
  readonly severity: Severity;
  /** What to do about it, in general. */
  readonly remediation: string;
  readonly of: Of;
  /** Every setting has a default and a description. */
  readonly settings: z.ZodType<Settings>;
  /** Reading what is not known yet ends it; what was said before stays. */
  judge(subject: Subjects[Of], settings: Settings, today: Date): Iterable<Complaint>;
}

/** Settings that differ from the defaults. */
export type Given<Settings extends object> = {
  readonly [Key in keyof Settings]?: Settings[Key] extends (infer Item)[] ? readonly Item[] : Settings[Key];
};

/** JSON schema of one setting. */
export type SettingSchema = Readonly<Record<string, unknown>>;

/** A rule, called with what it judges. */
export interface Rule<Name extends string = string, Of extends Sort = Sort, Settings extends object = object> {
  /**
   * @param settings those that differ from the defaults
   * @param today for rules about dates; the current time is the default
   * @throws Error when a setting is wrong
   */
  (subject: Subjects[Of], settings?: Given<Settings>, today?: Date): Finding[];
  readonly name: Name;
  readonly description: string;
  readonly severity: Severity;
  readonly remediation: string;
  readonly of: Of;
  readonly defaults: Settings;
  /** JSON schema of the settings, by name. */
  readonly schema: Readonly<Record<string, SettingSchema>>;
  /** All settings, with the defaults filled in. @throws Error that names every wrong one */
  parse(settings?: Given<Settings>): Settings;
  /** The same as a call, but for values that a preview does not know yet: the rule is then judged as far as it goes. */
  run(subject: Subjects[Of], settings: Settings, options?: RunOptions): Judged;
}

export interface RunOptions {
  readonly today?: Date;
  /** Name of the resource in the program, which an exemption may use as well. */
  readonly alias?: string;
}

export interface Judged {
  readonly findings: Finding[];
  /** Set when something could not be judged, since a value is not known yet. */
  readonly unknown?: NotKnown;
}

/** Setting of every rule about single resources. */
export const exempt = z
  .array(z.string().min(1))
  .default([])
  .describe("Resources to leave out: by name in Anomify (of an exclusion: its pattern), or by name in the program.");

export function defineRule<Name extends string, Of extends Sort, Settings extends object>(
  spec: RuleSpec<Name, Of, Settings>,
): Rule<Name, Of, Settings> {
  const parse = (given: Given<Settings> = {}) => parseSettings(spec, given);
  const run = (subject: Subjects[Of], settings: Settings, options: RunOptions = {}): Judged =>
    judged(spec, subject, settings, options);
  const rule = (subject: Subjects[Of], settings?: Given<Settings>, today = new Date()): Finding[] => {
    const { findings, unknown } = run(subject, parse(settings), { today });
    if (unknown) throw unknown;
    return findings;
  };
  const { name, description, severity, remediation, of } = spec;
  const about = { name, description, severity, remediation, of, defaults: parse(), schema: schemaOf(spec.settings) };
  for (const [key, value] of Object.entries({ ...about, parse, run })) Object.defineProperty(rule, key, { value });
  return rule as unknown as Rule<Name, Of, Settings>;
}

function judged<Name extends string, Of extends Sort, Settings extends object>(
  spec: RuleSpec<Name, Of, Settings>,
  given: Subjects[Of],
  settings: Settings,
  { today = new Date(), alias }: RunOptions,
): Judged {
  const subject = guarded(given);
  const resource = spec.of === "organization" ? "Organization" : labelIn(spec.of as "watcher" | "exclusion", subject);
  if (isExempt(subject, settings, alias)) return { findings: [] };
  const findings: Finding[] = [];
  try {
    for (const complaint of spec.judge(subject, settings, today)) {
      findings.push({ rule: spec.name, severity: spec.severity, resource, ...complaint });
    }
  } catch (error) {
    if (error instanceof NotKnown) return { findings, unknown: error };
    throw error;
  }
  return { findings };
}

function isExempt(subject: object, settings: object, alias: string | undefined): boolean {
  const { exempt: names } = settings as { exempt?: readonly string[] };
  const known = subject as { readonly name?: string; readonly pattern?: string };
  const own = [alias, ifKnown(() => known.name), ifKnown(() => known.pattern)];
  return (names ?? []).some((one) => own.includes(one));
}

function parseSettings<Settings extends object>(
  spec: { readonly name: string; readonly settings: z.ZodType<Settings> },
  given: object,
): Settings {
  const parsed = spec.settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const known = Object.keys(schemaOf(spec.settings));
  const mistakes = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map(
          (key) => `there is no setting "${key}".${didYouMean(key, known) || ` There are: ${known.join(", ")}`}`,
        )
      : [`${formatPath(issue.path)}: ${issue.message}`],
  );
  throw new Error(`Rule ${spec.name}: ${mistakes.join("; ")}`);
}

function schemaOf(settings: z.ZodType): Record<string, SettingSchema> {
  const { properties } = z.toJSONSchema(settings, { io: "input" });
  return (properties ?? {}) as Record<string, SettingSchema>;
}
