import { tooManyMetrics } from "../diagnostics/matched-metrics.ts";
import { matchesChips, matchesPattern, silences } from "../metrics/matching.ts";
import type { MetricIndex } from "../metrics/metric-index.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { isPast } from "../time/day.ts";
import { type Recipient, recipientsIn } from "./lists.ts";
import type { Configuration, RoutedExclusion, RoutedWatcher } from "./model.ts";
import { obstacles, type Reason } from "./obstacles.ts";

/** One message that a watcher sends about a metric. */
export interface Notification extends Recipient {
  /** What the watcher is called, such as `Watcher "CPU idle"`. */
  readonly watcher: string;
  /** Id of the watcher in Anomify; null while there is none. */
  readonly watcherId: string | null;
  /** What makes it go out. */
  readonly about: "anomaly" | "broken threshold";
  /** An alert holds back further ones for the same metric for this long, in seconds; null for a summary. */
  readonly atMostEverySeconds: number | null;
  /** When a summary goes out, such as `weekly-monday`; null for all else. */
  readonly schedule: string | null;
}

/** A message that would go out, if it were not for the reasons. */
export interface Withheld extends Notification {
  readonly reasons: readonly Reason[];
}

/** Who is notified of a metric, and who is not. */
export interface Recipients {
  readonly metric: string;
  /** What goes out, in the order of the watchers. */
  readonly notified: readonly Notification[];
  readonly withheld: readonly Withheld[];
  /** What is not known, or rests on assumption here. */
  readonly notes: readonly string[];
}

/** Who is notified when something is wrong with a metric. `at`: now when left out; it matters for muting and dates alone. */
export function recipientsOf(configuration: Configuration, metric: string, at: Date = new Date()): Recipients {
  const notified: Notification[] = [];
  const withheld: Withheld[] = [];
  const { watchers, exclusions } = configuration;
  const matching = exclusions.filter(({ pattern }) => matchesPattern(metric, pattern));
  const common = [...excluded(matching, at), ...muted(configuration, at)];
  for (const watcher of watchers.filter(({ chips }) => matchesChips(metric, chips))) {
    const own = [...common, ...ofWatcher(configuration, watcher)];
    for (const recipient of recipientsIn(watcher)) {
      const notification = { ...recipient, ...termsOf(watcher, recipient) };
      const reasons = [...own, ...obstacles(configuration, watcher, recipient)];
      if (reasons.length === 0) notified.push(notification);
      else withheld.push({ ...notification, reasons });
    }
  }
  return { metric, notified, withheld, notes: notesOn(configuration, metric, matching) };
}

/** Those of the metrics of which somebody is notified: what `recipientsOf` says of each, for many at once. */
export function notifiedMetrics(configuration: Configuration, index: MetricIndex, at: Date): Set<string> {
  if (muted(configuration, at).length > 0) return new Set();
  const silencing = configuration.exclusions.filter(({ type }) => silences(type));
  const isExcluded = (metric: string) => silencing.some(({ pattern }) => matchesPattern(metric, pattern));
  const notifying = configuration.watchers.filter(
    (watcher) =>
      ofWatcher(configuration, watcher).length === 0 &&
      recipientsIn(watcher).some((recipient) => obstacles(configuration, watcher, recipient).length === 0),
  );
  return new Set(notifying.flatMap(({ chips }) => index.ofChips(chips)).filter((metric) => !isExcluded(metric)));
}

function termsOf(watcher: RoutedWatcher, { by }: Recipient): Omit<Notification, keyof Recipient> {
  const isSummary = by === "summary-email";
  return {
    watcher: watcher.label,
    watcherId: watcher.id,
    about: watcher.type === "anomaly" ? "anomaly" : "broken threshold",
    atMostEverySeconds: isSummary ? null : watcher.expirationSeconds,
    schedule: isSummary ? (watcher.summaryReport?.frequency ?? null) : null,
  };
}

function excluded(matching: readonly RoutedExclusion[], at: Date): Reason[] {
  const silencing = matching.filter(({ type }) => silences(type));
  return silencing.map(({ label, type, until }) => {
    const past =
      until && isPast(until, at.getTime()) ? `. Its last day was ${until}, but Anomify ends nothing by itself` : "";
    return { why: "excluded", text: `${label} (${type}) leaves the metric out${past}` };
  });
}

function muted({ muted: muting }: Configuration, at: Date): Reason[] {
  if (muting === undefined || (muting.until !== null && at.getTime() / 1000 >= muting.until)) return [];
  const end = muting.until === null ? "" : ` until ${new Date(muting.until * 1000).toISOString().slice(0, 16)}Z`;
  return [{ why: "muted", text: `the organization is muted${end}` }];
}

function ofWatcher({ metrics }: Configuration, { label, type, alert, chips }: RoutedWatcher): Reason[] {
  const reasons: Reason[] = [];
  if (!alert) reasons.push({ why: "alert-off", text: `${label} has alert: false` });
  const limited = type === "threshold" && metrics !== undefined;
  const count = limited ? metrics.filter(({ name }) => matchesChips(name, chips)).length : 0;
  const tooMany = tooManyMetrics({ count, estimate: false });
  if (tooMany !== undefined) reasons.push({ why: "too-many-metrics", text: `${label}: its chips ${tooMany.message}` });
  return reasons;
}

function notesOn({ metrics }: Configuration, metric: string, matching: readonly RoutedExclusion[]): string[] {
  const unclear = matching.filter(({ type }) => silences(type) === undefined);
  const notes = unclear.map(
    ({ label, type }) =>
      `${label} matches. What its type "${type}" does is not known here: it may leave the metric out.`,
  );
  if (metrics === undefined) return notes;
  const found = metrics.find(({ name }) => name === metric);
  if (found?.active) return notes;
  if (found) return [...notes, `${metric} no longer sends data.`];
  const names = metrics.map(({ name }) => name);
  return [...notes, `${metric} is not among the known metrics.${didYouMean(metric, names)}`];
}
