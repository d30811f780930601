import { roleOf } from "../../provider/catalog.ts";
import { type Inventory, readInventory } from "../../provider/inventory.ts";
import type { LiveExclusion } from "../../provider/organization/live.ts";
import type { StackState } from "../../provider/stack/read-state.ts";
import { type Configuration, fromOrganization, type Span } from "../../routing/index.ts";
import { ApiError } from "../../sdk/index.ts";
import type { Connection } from "../connection/connection.ts";
import type { PrintedDiagnostic } from "../health/diagnostics.ts";
import { findHealth } from "../health/run.ts";
import { readAnomalies, type StoredAnomalies } from "../replay/anomalies.ts";
import { sortByProvider } from "../stack/providers.ts";
import type { Progress } from "../terminal/progress.ts";
import type { Reach } from "./model.ts";

/** What a report is made of, as it was read. */
export interface Gathered {
  /** Unix seconds, the service's clock. */
  readonly takenAt: number;
  readonly organization: { readonly id: number; readonly name: string };
  /** With its metrics, where they could be read. */
  readonly configuration: Configuration;
  readonly problems: readonly PrintedDiagnostic[];
  /** What watchers and exclusions catch, by `Watcher 12` and `Exclusion 3`. */
  readonly reach: ReadonlyMap<string, Reach>;
  /** By id: when and by whom they were made. */
  readonly made: ReadonlyMap<string, Pick<LiveExclusion, "created_timestamp" | "created_user">>;
  /** Last days that a program gives exclusions, by id. */
  readonly until: ReadonlyMap<string, string>;
  readonly stored: Omit<StoredAnomalies, "ageSeconds"> | null;
  readonly notes: readonly string[];
}

export interface GatherOptions {
  /** Of the stored anomalies, from the service's clock. Unix seconds. */
  readonly spanAt: (now: number) => Span;
  readonly progress: Progress;
  /** A stack that declares objects of the organization: it knows until when exclusions are meant to be. */
  readonly stack?: { readonly state: StackState; readonly provider?: string };
}

/** Reads what a report shows. Writes nothing. @throws AnomifyError */
export async function gather(connection: Connection, { spanAt, progress, stack }: GatherOptions): Promise<Gathered> {
  const { organization: org, client } = connection;
  const inventory = await readInventory(org);
  const { takenAt } = inventory;
  progress.step("Looking for problems");
  const health = await orNote("Problems", () => findHealth(connection, { severity: "warning" }));
  progress.step("Reading metrics");
  const withMetrics = await orNote("The metrics", () => fromOrganization(org, { metrics: true }));
  const reach = await reachOf(connection, inventory);
  const stored = await orNote("The stored anomalies", () => readAnomalies(client, spanAt(takenAt), { progress }));
  const declared = stack ? limitsOf(connection, inventory, stack) : { until: new Map(), notes: [] };
  const notes = [health.notes, withMetrics.notes, stored.notes, stored.value?.notes ?? [], declared.notes];
  return {
    takenAt,
    organization: inventory.organization,
    problems: health.value?.problems ?? [],
    reach,
    stored: stored.value,
    configuration: withMetrics.value ?? (await fromOrganization(org)),
    made: new Map((await org.lists.exclusions()).items.map((live) => [String(live.id), live])),
    until: declared.until,
    notes: [inventory.live ? [] : [STALE], ...notes].flat(),
  };
}

const STALE = "Anomify answered from its cache: changes of the last hour may be missing.";

/** A call that is not live for this credential takes its part of the page away, not the page. */
async function orNote<Value>(what: string, read: () => Promise<Value>) {
  try {
    return { value: await read(), notes: [] };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { value: null, notes: [`${what} could not be read: ${error.message}`] };
  }
}

/** Last days of exclusions, which stay in the program. */
function limitsOf(
  { organization: org, endpoint }: Connection,
  { organization }: Inventory,
  { state, provider }: NonNullable<GatherOptions["stack"]>,
): { readonly until: Map<string, string>; readonly notes: readonly string[] } {
  const { token } = org.settings;
  const { mine, notes } = sortByProvider(state, {
    organizationId: organization.id,
    endpoint,
    ...(token === undefined ? {} : { token }),
    ...(provider === undefined ? {} : { provider }),
  });
  const limited = mine.flatMap(({ kind, id, outputs: { until } }) =>
    roleOf(kind) === "exclusion" && typeof until === "string" ? [[id, until] as const] : [],
  );
  return { until: new Map(limited), notes };
}

/** The service is asked as little as for a preview: see `provider/runtime/reach.ts`. */
async function reachOf({ organization: org }: Connection, { objects }: Inventory): Promise<Map<string, Reach>> {
  const found = new Map<string, Reach>();
  for (const { kind, id, inputs } of objects) {
    const { chips, type, pattern } = inputs as { chips?: string[]; type?: string; pattern?: string };
    const ask = Array.isArray(chips)
      ? () => org.metrics.ofChips(chips)
      : roleOf(kind) === "exclusion" && type && pattern
        ? () => org.metrics.ofPattern(type, pattern)
        : undefined;
    // Where nobody knows, the page says so in the row.
    const matched = ask && (await orNote("What it matches", ask)).value;
    if (!matched) continue;
    const { count: metrics, sample, estimate } = matched;
    found.set(`${kind} ${id}`, { metrics, sample: sample.slice(0, MAX_SAMPLES), estimate });
  }
  return found;
}
const MAX_SAMPLES = 5;
