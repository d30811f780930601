import { type DiagnosticSeverity, diagnose, type Facts, type Subject } from "../../domain/diagnostics/index.ts";
import { namesWithIds } from "../../domain/text/names.ts";
import { type Inventory, readInventory } from "../../provider/inventory.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import { membersOf } from "../../provider/resources/people.ts";
import { labelOf } from "../../provider/runtime/definition.ts";
import type { StackState } from "../../provider/stack/read-state.ts";
import { definitionOf, isWatcher, roleOf } from "../compare/kinds.ts";
import type { Connection } from "../connection/connection.ts";
import { subjectOf } from "../drift/find.ts";
import { sortByProvider } from "../stack/providers.ts";
import { FOUND } from "../terminal/exit.ts";
import { type PrintedDiagnostic, printed } from "./diagnostics.ts";

/** All that was found, in the shape of `--json`. A change of a key's meaning raises `version`. */
export interface HealthReport {
  readonly format: "anomify-health";
  readonly version: 1;
  readonly organization: { readonly id: number; readonly name: string };
  readonly source: "organization" | "state";
  /** Objects that were looked at. */
  readonly checked: number;
  readonly problems: readonly PrintedDiagnostic[];
  /** What could not be found out. */
  readonly notes: readonly string[];
  readonly exitCode: number;
}

export interface HealthOptions {
  /** What a stack declares; left out: what the organization has. */
  readonly state?: StackState;
  /** Provider of the state that is of the connected organization. */
  readonly provider?: string;
  /** The least severity that is shown and counts. */
  readonly severity: DiagnosticSeverity;
}

/** Looks for problems. Reads only. */
export async function findHealth(connection: Connection, options: HealthOptions): Promise<HealthReport> {
  const { organization: org } = connection;
  const inventory = await readInventory(org);
  const { subjects: listed, notes } = subjectsOf(connection, inventory, options);
  const labelIn = namesWithIds(
    listed,
    ({ label }) => label,
    ({ id }) => id ?? null,
  );
  const subjects = listed.map((subject) => ({ ...subject, label: labelIn(subject) }));
  const found = diagnose(subjects, await factsOf(org, inventory, subjects));
  const counted = found.filter(({ severity }) => options.severity === "warning" || severity === "error");
  const problems = counted.map(printed);
  return {
    format: "anomify-health",
    version: 1,
    organization: inventory.organization,
    source: options.state === undefined ? "organization" : "state",
    checked: subjects.length,
    problems,
    notes,
    exitCode: problems.length > 0 ? FOUND : 0,
  };
}

function subjectsOf({ endpoint, organization }: Connection, inventory: Inventory, { state, provider }: HealthOptions) {
  if (state === undefined) {
    const live = inventory.objects.map(({ kind, id, inputs }): Subject => {
      return { kind, role: roleOf(kind), id, label: definitionOf(kind).label(inputs), inputs };
    });
    return { subjects: live, notes: [] };
  }
  const { token } = organization.settings;
  const { mine, skipped, notes } = sortByProvider(state, {
    organizationId: inventory.organization.id,
    endpoint,
    ...(token === undefined ? {} : { token }),
    ...(provider === undefined ? {} : { provider }),
  });
  const declared = mine.filter(({ external }) => !external);
  const subjects = declared.map((resource): Subject => {
    const { kind, id, title } = subjectOf(resource);
    return { kind, role: roleOf(kind), id, label: labelOf(kind, title), inputs: resource.outputs };
  });
  const left = skipped.map(
    (one) => `Not looked at: ${one.resources.length} of provider "${one.provider}": ${one.reason}.`,
  );
  return { subjects, notes: [...notes, ...left] };
}

async function factsOf(org: Organization, { objects }: Inventory, subjects: readonly Subject[]): Promise<Facts> {
  const matched = new Map<string, { count: number; estimate: boolean }>();
  for (const { kind, inputs } of subjects) {
    if (isWatcher(kind) && Array.isArray(inputs.chips)) {
      matched.set(JSON.stringify(inputs.chips), await org.metrics.ofChips(inputs.chips as string[]));
    }
  }
  const live = objects.filter(({ kind, inputs }) => isWatcher(kind) && inputs.alert === true);
  return {
    people: await membersOf(org),
    channels: (await org.lists.channels()).items.map(({ name }) => name),
    adminAlerts: objects.filter(({ kind }) => roleOf(kind) === "admin-alert").map(({ inputs }) => inputs),
    watcherChannels: live.flatMap(({ inputs: { slackChannel } }) =>
      typeof slackChannel === "string" ? [slackChannel] : [],
    ),
    matched: (chips) => matched.get(JSON.stringify(chips)),
  };
}
