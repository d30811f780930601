import { readInventory } from "../../provider/inventory.ts";
import type { StackState } from "../../provider/stack/read-state.ts";
import type { Connection } from "../connection/connection.ts";
import { sortByProvider } from "../stack/providers.ts";
import { compareResources, findUnhealthy, unmanagedObjects } from "./find.ts";
import { operatorState } from "./operator.ts";
import { type DriftReport, exitCodeOf, type FindingClass } from "./report.ts";

export interface DriftOptions {
  /** Provider that is of the connected organization. */
  readonly provider?: string;
  /** Whether settings, admin alerts and people count as unmanaged too. */
  readonly withAdopted: boolean;
  readonly failOn: readonly FindingClass[];
}

/** Compares the state of a stack with the organization. Reads only. */
export async function findDrift(
  { organization: org, endpoint }: Pick<Connection, "organization" | "endpoint">,
  state: StackState,
  { provider, withAdopted, failOn }: DriftOptions,
): Promise<DriftReport> {
  const inventory = await readInventory(org);
  const { token } = org.settings;
  const { mine, skipped, notes } = sortByProvider(state, {
    organizationId: inventory.organization.id,
    endpoint,
    ...(token === undefined ? {} : { token }),
    ...(provider === undefined ? {} : { provider }),
  });
  const { subjects, ...compared } = await compareResources(org, mine);
  // What may be of this organization after all is not called unmanaged.
  const known = [...mine, ...skipped.filter(({ unsure }) => unsure).flatMap(({ resources }) => resources)];
  const managed = mine.filter(({ external }) => !external);
  const { doubts, ...unhealthy } = await findUnhealthy(org, managed, inventory.objects);
  const found = {
    ...compared,
    ...unhealthy,
    unmanaged: unmanagedObjects(inventory.objects, known, withAdopted),
    operator: await operatorState(org),
    failOn,
  };
  const { live, takenAt } = inventory;
  return {
    format: "anomify-drift",
    version: 1,
    organization: inventory.organization,
    lists: { live, takenAt, ageSeconds: live ? 0 : Math.max(0, Math.floor(Date.now() / 1000) - takenAt) },
    compared: subjects,
    ...found,
    skipped: skipped.map((one) => ({ provider: one.provider, resources: one.resources.length, reason: one.reason })),
    notes: [...notes, ...pendingNote(state), ...doubts],
    exitCode: exitCodeOf(found),
  };
}

function pendingNote({ pending }: StackState): string[] {
  if (pending === 0) return [];
  return [`The state has ${pending} operations of an interrupted update; run pulumi refresh first.`];
}
