import { matchesPattern, silences } from "../metrics/matching.ts";
import { MetricIndex } from "../metrics/metric-index.ts";
import { type Recipient, recipientsIn } from "./lists.ts";
import type { Configuration, RoutedWatcher } from "./model.ts";
import { obstacles } from "./obstacles.ts";

/** A stored anomaly, as `client.anomalies` says it. */
export interface ReplayedAnomaly {
  readonly metric: string;
  /** Unix seconds. */
  readonly timestamp: number;
}

/** From `from` on, before `until`. Unix seconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** An alert that would have gone out. */
export interface ReplayedAlert extends ReplayedAnomaly {
  /** What the watcher is called. */
  readonly watcher: string;
}

export interface Messages extends Recipient {
  readonly messages: number;
}

export interface WatcherCounts {
  readonly watcher: string;
  /** Id of the watcher in Anomify; null while there is none. */
  readonly id: string | null;
  /** Alerts that would have gone out. */
  readonly alerts: number;
  /** Anomalies that an earlier alert for the same metric held back. */
  readonly heldBack: number;
  readonly messages: readonly Messages[];
}

export interface Replay {
  readonly span: Span;
  /** Anomalies in the span. */
  readonly anomalies: number;
  readonly watchers: readonly WatcherCounts[];
  /** Messages of all watchers together, the most first. */
  readonly messages: readonly Messages[];
  /** In the order of time. */
  readonly alerts: readonly ReplayedAlert[];
}

/**
 * What would have gone out if the configuration had been there all the time. Threshold watchers and summaries are left out:
 * stored anomalies do not say of them. Nothing is muted.
 */
export function replay(configuration: Configuration, anomalies: readonly ReplayedAnomaly[], span: Span): Replay {
  const inSpan = within(anomalies, span);
  const silencing = configuration.exclusions.filter(({ type }) => silences(type));
  const isExcluded = (metric: string) => silencing.some(({ pattern }) => matchesPattern(metric, pattern));
  const timesOf = timesByMetric(inSpan, (metric) => !isExcluded(metric));
  const played = configuration.watchers
    .filter(({ type }) => type === "anomaly")
    .map((watcher) => play(watcher, timesOf, (recipient) => obstacles(configuration, watcher, recipient).length === 0));
  return {
    span,
    anomalies: inSpan.length,
    watchers: played.map(({ counts }) => counts),
    messages: sum(played.flatMap(({ counts }) => counts.messages)),
    alerts: played.flatMap(({ alerts }) => alerts).sort((a, b) => a.timestamp - b.timestamp),
  };
}

/** The same of one watcher, as it was and as it will be: for a preview, which knows neither people nor exclusions. */
export function replayWatcher(
  before: RoutedWatcher | undefined,
  after: RoutedWatcher,
  anomalies: readonly ReplayedAnomaly[],
  span: Span,
): { readonly before: WatcherCounts | undefined; readonly after: WatcherCounts } {
  const timesOf = timesByMetric(within(anomalies, span), () => true);
  const counts = (watcher: RoutedWatcher) => play(watcher, timesOf, () => true).counts;
  return { before: before && counts(before), after: counts(after) };
}

function within(anomalies: readonly ReplayedAnomaly[], { from, until }: Span): ReplayedAnomaly[] {
  return anomalies
    .filter(({ timestamp }) => from <= timestamp && timestamp < until)
    .sort((a, b) => a.timestamp - b.timestamp);
}

/** When the metrics that chips match had anomalies, each in the order of time. */
type TimesOf = (chips: readonly string[]) => ReadonlyArray<readonly [metric: string, times: readonly number[]]>;

/** Looked up by chip, so that a watcher costs what it matches, however many anomalies there are. */
function timesByMetric(anomalies: readonly ReplayedAnomaly[], isKept: (metric: string) => boolean): TimesOf {
  const times = new Map<string, number[]>();
  for (const { metric, timestamp } of anomalies) {
    const known = times.get(metric);
    if (known) known.push(timestamp);
    else times.set(metric, [timestamp]);
  }
  const index = new MetricIndex([...times.keys()].filter(isKept));
  return (chips) => index.ofChips(chips).map((metric) => [metric, times.get(metric) ?? []]);
}

function play(
  watcher: RoutedWatcher,
  timesOf: TimesOf,
  reaches: (recipient: Recipient) => boolean,
): { readonly counts: WatcherCounts; readonly alerts: ReplayedAlert[] } {
  const recipients = recipientsIn(watcher).filter((one) => one.by !== "summary-email" && reaches(one));
  const alerts: ReplayedAlert[] = [];
  let heldBack = 0;
  const notifies = watcher.type === "anomaly" && watcher.alert && recipients.length > 0;
  for (const [metric, times] of notifies ? timesOf(watcher.chips) : []) {
    let last = Number.NEGATIVE_INFINITY;
    for (const timestamp of times) {
      if (timestamp < last + watcher.expirationSeconds) {
        heldBack += 1;
        continue;
      }
      last = timestamp;
      alerts.push({ metric, timestamp, watcher: watcher.label });
    }
  }
  const messages = recipients.map((recipient) => ({ ...recipient, messages: alerts.length }));
  const counts = { watcher: watcher.label, id: watcher.id, alerts: alerts.length, heldBack, messages };
  return { counts, alerts };
}

function sum(all: readonly Messages[]): Messages[] {
  const sums = new Map<string, Messages>();
  for (const one of all) {
    const key = `${one.kind} ${one.by} ${one.to}`;
    sums.set(key, { ...one, messages: one.messages + (sums.get(key)?.messages ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.messages - a.messages || (a.to < b.to ? -1 : 1));
}

/** A recipient's messages in two replays of the same anomalies. */
export interface ComparedMessages extends Recipient {
  readonly before: number;
  readonly after: number;
}

/** Two replays side by side, by recipient. */
export function compare(before: Replay, after: Replay): ComparedMessages[] {
  const keyOf = ({ kind, by, to }: Recipient) => `${kind} ${by} ${to}`;
  const compared = new Map<string, ComparedMessages>();
  for (const { messages, ...one } of before.messages) compared.set(keyOf(one), { ...one, before: messages, after: 0 });
  for (const { messages, ...one } of after.messages) {
    compared.set(keyOf(one), { ...one, before: compared.get(keyOf(one))?.before ?? 0, after: messages });
  }
  return [...compared.values()];
}
