import { readInventory } from "../../provider/inventory.ts";
import { didYouMean } from "../../provider/runtime/messages.ts";
import type { StackState } from "../../provider/stack/read-state.ts";
import {
  type Configuration,
  compare,
  fromInventory,
  type Replay,
  replay,
  type Span,
  silences,
} from "../../routing/index.ts";
import type { Connection } from "../connection/connection.ts";
import { sortByProvider } from "../stack/providers.ts";
import { FOUND } from "../terminal/exit.ts";
import type { Progress } from "../terminal/progress.ts";
import { afterChange, type Change, type NotReplayed } from "./after.ts";
import { readAnomalies } from "./anomalies.ts";
import type { Counts, ReplayedWatcher, ReplayReport } from "./report.ts";

/** Where "after" comes from. */
export interface ReplayChange {
  readonly from: "state" | "preview";
  readonly after: StackState;
  readonly removed: StackState;
}

export interface ReplayOptions {
  /** Left out: only the organization as it is. */
  readonly change?: ReplayChange;
  readonly span: Span;
  /** Name of the watcher that alone is reported. */
  readonly watcher?: string;
  /** Provider of the state that is of the connected organization. */
  readonly provider?: string;
  /** Most messages that a recipient may get in one way. */
  readonly maxMessages?: number;
  readonly progress: Progress;
}

/** Replays stored anomalies with the organization as it is, and as it would be. Reads only. */
export async function findReplay(connection: Connection, options: ReplayOptions): Promise<ReplayReport> {
  const { organization: org, client } = connection;
  const inventory = await readInventory(org);
  const channels = (await org.lists.channels()).items.map(({ name }) => name);
  const { change, notes } = changeOf(connection, inventory.organization.id, options);
  const after = afterChange(inventory, change);
  const [before, then] = chosen(fromInventory(inventory), after.configuration, options.watcher);
  const { anomalies, span, notes: missing } = await readAnomalies(client, options.span, { progress: options.progress });
  const run = (configuration: Configuration) => replay({ ...configuration, channels }, anomalies, span);
  const [first, second] = [run(before), run(then)];
  const recipients = compare(first, second);
  const most = Math.max(0, ...recipients.map((one) => one.after));
  return {
    format: "anomify-replay",
    version: 1,
    organization: inventory.organization,
    change: options.change?.from ?? null,
    span,
    anomalies: first.anomalies,
    alerts: { before: first.alerts.length, after: second.alerts.length },
    watchers: paired(first, second),
    recipients,
    notReplayed: [
      ...thresholds(then),
      ...after.notReplayed.filter(({ title }) => (options.watcher ?? title) === title),
    ],
    notes: [...notes, ...stale(inventory.live), ...missing],
    limits: limitsOf(before, then),
    exitCode: options.maxMessages !== undefined && most > options.maxMessages ? FOUND : 0,
  };
}

function changeOf({ endpoint, organization }: Connection, organizationId: number, options: ReplayOptions) {
  const { change, provider } = options;
  if (change === undefined) return { change: { declared: [], removed: [] } satisfies Change, notes: [] };
  const { token } = organization.settings;
  const all = { ...change.after, resources: [...change.after.resources, ...change.removed.resources] };
  const { mine, skipped, notes } = sortByProvider(all, {
    organizationId,
    endpoint,
    ...(token === undefined ? {} : { token }),
    ...(provider === undefined ? {} : { provider }),
  });
  const removed = new Set(change.removed.resources);
  const own = mine.filter(({ external }) => !external);
  const left = skipped.map(
    (one) => `Not looked at: ${one.resources.length} of provider "${one.provider}": ${one.reason}.`,
  );
  return {
    change: {
      declared: own.filter((resource) => !removed.has(resource)),
      removed: own.filter((resource) => removed.has(resource)),
    } satisfies Change,
    notes: [...notes, ...left],
  };
}

/** Both sides with the watchers of one name alone, whichever side has the name. @throws Error when there is none */
function chosen(before: Configuration, after: Configuration, name: string | undefined): [Configuration, Configuration] {
  if (name === undefined) return [before, after];
  const all = [...before.watchers, ...after.watchers];
  const named = all.filter((watcher) => watcher.name === name);
  if (named.length === 0) {
    const known = all.map((watcher) => watcher.name);
    throw new Error(`There is no watcher "${name}".${didYouMean(name, known)} Give its name with --watcher`);
  }
  const ids = new Set(named.flatMap(({ id }) => (id === null ? [] : [id])));
  const only = (side: Configuration): Configuration => ({
    ...side,
    watchers: side.watchers.filter((one) => one.name === name || (one.id !== null && ids.has(one.id))),
  });
  return [only(before), only(after)];
}

function paired(before: Replay, after: Replay): ReplayedWatcher[] {
  const counts = ({ alerts, heldBack }: Counts): Counts => ({ alerts, heldBack });
  const known = new Map(before.watchers.map((one) => [one.id, one]));
  const pairs = after.watchers.map((one): ReplayedWatcher => {
    const earlier = one.id === null ? undefined : known.get(one.id);
    if (one.id !== null) known.delete(one.id);
    return { watcher: one.watcher, id: one.id, before: earlier ? counts(earlier) : null, after: counts(one) };
  });
  const gone = [...known.values()].map(
    (one): ReplayedWatcher => ({ watcher: one.watcher, id: one.id, before: counts(one), after: null }),
  );
  return [...pairs, ...gone];
}

function thresholds({ watchers }: Configuration): NotReplayed[] {
  return watchers
    .filter(({ type }) => type === "threshold")
    .map(({ kind, name, id }) => ({ kind, title: name, id, reason: "stored anomalies know nothing of thresholds" }));
}

function stale(live: boolean): string[] {
  return live ? [] : ["The watchers come from Anomify's cache: changes of the last hour may be missing."];
}

function limitsOf(before: Configuration, after: Configuration): string[] {
  const kept = new Set(after.exclusions.filter(({ type }) => silences(type)).map(({ pattern }) => pattern));
  const ended = before.exclusions.filter(({ type, pattern }) => silences(type) && !kept.has(pattern));
  return [
    "How chips and patterns match is assumed.",
    "Members, phone numbers and channels are those of now; that alerts were muted, or metrics trained on, is not looked at.",
    "An alert from before the span may have held back the first one of a metric.",
    "Summaries are not counted.",
    ...ended.map(
      ({ label }) =>
        `${label} ends: of what it left out there may be no stored anomalies, so that more alerts may come.`,
    ),
  ];
}
