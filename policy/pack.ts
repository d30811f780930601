import { createRequire } from "node:module";
import { join } from "node:path";
import { formatDiagnostic } from "../domain/diagnostics/index.ts";
import type { Role } from "../domain/roles.ts";
import { roleOf } from "../provider/catalog.ts";
import { type ChosenRule, choose, type EnforcementLevel, type RuleName, type RuleOptions } from "./check.ts";
import { kindOf, type Plain, type PolicyProperties, plainProperties, sortOf, type UnknownError } from "./properties.ts";
import type { Finding, Judged, SettingSchema, Severity } from "./rule.ts";
import type {
  PolicyAdminAlert,
  PolicyConfiguration,
  PolicyExclusion,
  PolicyOrgSettings,
  PolicyWatcher,
} from "./subject.ts";

type Report = (message: string, urn?: string) => void;

interface Common {
  getConfig<Settings extends object>(): Settings;
  notApplicable(reason?: string): never;
}
interface ResourceInPolicy {
  readonly type: string;
  readonly props: PolicyProperties;
  readonly urn: string;
  readonly name: string;
  readonly provider?: { readonly urn: string };
}

interface Described {
  readonly name: RuleName;
  readonly description: string;
  readonly severity: Severity;
  readonly enforcementLevel?: EnforcementLevel;
  readonly remediationSteps: string;
  readonly configSchema: { readonly properties: { readonly [setting: string]: SettingSchema } };
}

/** A policy as `@pulumi/policy` takes it: `new PolicyPack("…", { policies: policies() })`. */
export type AnomifyPolicy = Described &
  (
    | { validateResource(args: ResourceInPolicy & Common, report: Report): void }
    | { validateStack(args: Common & { readonly resources: readonly ResourceInPolicy[] }, report: Report): void }
  );

/**
 * The rules as policies for Pulumi's policy packs, to be used beside a team's own ones. A rule whose level is not given has the
 * level of the pack.
 *
 * @throws Error when a rule or a setting does not exist or is wrong
 */
export function policies(options: RuleOptions = {}): AnomifyPolicy[] {
  return choose(options).map((chosen) => ({
    ...describe(chosen),
    ...(chosen.rule.of === "organization" ? stackPolicy(chosen) : resourcePolicy(chosen)),
  }));
}

function describe({ rule, level, settings }: ChosenRule): Described {
  const chosen = settings as Readonly<Record<string, unknown>>;
  const properties = Object.entries(rule.schema).map(([key, schema]) => [key, { ...schema, default: chosen[key] }]);
  return {
    name: rule.name,
    description: rule.description,
    severity: rule.severity,
    ...(level === undefined ? {} : { enforcementLevel: level }),
    remediationSteps: rule.remediation,
    configSchema: { properties: Object.fromEntries(properties) },
  };
}

const textOf = ({ resource, property, message }: Finding) =>
  formatDiagnostic({ resource, property, message, hint: "" });

/**
 * Reports the findings. What could not be judged is left to Pulumi, which says it as an advice whatever the level of the rule:
 * it does so for its own error alone.
 */
function conclude({ findings, unknown }: Judged, errors: readonly UnknownError[], report: Report, urn?: string): void {
  for (const finding of findings) report(textOf(finding), urn);
  if (unknown === undefined) return;
  throw errors.find(({ props }) => unknown.properties.includes(props[0] ?? "")) ?? unknown;
}

function settingsOf(chosen: ChosenRule, args: Common): object {
  try {
    return chosen.rule.parse({ ...chosen.settings, ...args.getConfig<object>() });
  } catch (error) {
    // A mistake in the pack's configuration: the stack of this function would not help anybody.
    if (error instanceof Error) error.stack = error.message;
    throw error;
  }
}

function resourcePolicy(chosen: ChosenRule) {
  return {
    validateResource(args: ResourceInPolicy & Common, report: Report): void {
      if (sortOf(args.type) !== chosen.rule.of) args.notApplicable(`Only for resources of sort ${chosen.rule.of}`);
      const { properties, unknown } = plainProperties<PolicyWatcher | PolicyExclusion>(args.props);
      const judged = chosen.rule.run(properties, settingsOf(chosen, args), { alias: args.name });
      conclude(judged, unknown, report, args.urn);
    },
  };
}

function stackPolicy(chosen: ChosenRule) {
  return {
    validateStack(args: Common & { readonly resources: readonly ResourceInPolicy[] }, report: Report): void {
      const organizations = byOrganization(args.resources);
      if (organizations.length === 0) args.notApplicable("The stack has no resources of Anomify");
      const settings = settingsOf(chosen, args);
      for (const { properties, unknown } of organizations)
        conclude(chosen.rule.run(properties, settings), unknown, report);
    },
  };
}

/** A provider stands for an organization. */
function byOrganization(resources: readonly ResourceInPolicy[]): Plain<PolicyConfiguration>[] {
  const own = resources.filter(({ type }) => kindOf(type) !== undefined);
  return [...Map.groupBy(own, ({ provider }) => provider?.urn).values()].map((group) => {
    const unknown: UnknownError[] = [];
    const of = <Subject>(role: Role): Subject[] =>
      group
        .filter(({ type }) => roleOf(kindOf(type) ?? "") === role)
        .map(({ props }) => {
          const plain = plainProperties<Subject>(props);
          unknown.push(...plain.unknown);
          return plain.properties;
        });
    const [orgSettings] = of<PolicyOrgSettings>("settings");
    return { properties: { adminAlerts: of<PolicyAdminAlert>("admin-alert"), orgSettings }, unknown };
  });
}

export interface PolicyPackOptions {
  /** Level of every rule that has none of its own. @default "advisory" */
  readonly enforcementLevel?: EnforcementLevel;
  readonly rules?: RuleOptions;
}

interface PolicySdk {
  readonly PolicyPack: new (name: string, args: object) => object;
}

/**
 * Serves the rules as a policy pack: what the program of a pack calls, once. Needs `@pulumi/policy` beside it.
 *
 * @throws Error when `@pulumi/policy` is not installed, or when an option is wrong
 */
export function createPolicyPack(name = "anomify", { enforcementLevel, rules }: PolicyPackOptions = {}): object {
  const { PolicyPack } = loadSdk();
  return new PolicyPack(name, {
    policies: policies(rules),
    enforcementLevel: enforcementLevel ?? "advisory",
    description: "Rules for who is notified of anomalies, by pulumi-anomify.",
    displayName: "Anomify",
  });
}

/** Pulumi runs a pack in its own folder, and reads its version there; from here the optional dependency may be hidden. */
function loadSdk(): PolicySdk {
  const require = createRequire(join(process.cwd(), "package.json"));
  try {
    require.resolve("@pulumi/policy");
  } catch {
    throw new Error("A policy pack needs the package @pulumi/policy. Run in its folder: npm install @pulumi/policy");
  }
  return require("@pulumi/policy") as PolicySdk;
}
