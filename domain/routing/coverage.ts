import { MetricIndex } from "../metrics/metric-index.ts";
import { type Recipient, recipientsIn } from "./lists.ts";
import type { Configuration, RoutedMetric, RoutedWatcher } from "./model.ts";
import { notifiedMetrics } from "./recipients.ts";

/** Recipients that two watchers of the same type notify about a same metric in the same way. */
export interface Overlap {
  readonly watchers: readonly [string, string];
  readonly recipients: readonly Recipient[];
  /** Metrics that both match, excluded ones among them; absent where the metrics are not known. */
  readonly metrics?: readonly string[];
}

/** Pairs of watchers that notify somebody twice. Without metrics only those where all chips of one are chips of the other. */
export function overlaps({ watchers, metrics }: Configuration): Overlap[] {
  const index = metrics && new MetricIndex(metrics.map(({ name }) => name));
  const notifying = watchers
    .filter(({ alert, type }) => alert && type === "anomaly")
    .map((watcher) => withRecipients(watcher, index));
  const found: Overlap[] = [];
  for (const [place, first] of notifying.entries()) {
    for (const second of notifying.slice(place + 1)) {
      const recipients = first.recipients.filter((one) => second.keys.has(keyOf(one)));
      if (recipients.length === 0) continue;
      const common = first.metrics?.filter((metric) => second.isMatched.has(metric));
      const isSame = common === undefined ? containsOneAnother(first.watcher, second.watcher) : common.length > 0;
      if (!isSame) continue;
      const pair = [first.watcher.label, second.watcher.label] as const;
      found.push({ watchers: pair, recipients, ...(common === undefined ? {} : { metrics: common }) });
    }
  }
  return found;
}

/** Teams webhooks are not compared, since their addresses are not known here. */
function withRecipients(watcher: RoutedWatcher, index: MetricIndex | undefined) {
  const metrics = index?.ofChips(watcher.chips);
  const recipients = recipientsIn(watcher).filter(({ by }) => by !== "ms-teams" && by !== "summary-email");
  return { watcher, recipients, keys: new Set(recipients.map(keyOf)), metrics, isMatched: new Set(metrics) };
}

const keyOf = ({ by, to }: Recipient) => `${by} ${to}`;

const containsOneAnother = (one: RoutedWatcher, other: RoutedWatcher) => contains(one, other) || contains(other, one);
const contains = (one: RoutedWatcher, other: RoutedWatcher) => other.chips.every((chip) => one.chips.includes(chip));

/** @throws Error when they are not known */
export function metricsOf({ metrics }: Configuration): readonly RoutedMetric[] {
  if (metrics !== undefined) return metrics;
  throw new Error("The coverage needs the metrics. Read them with fromOrganization(client, { metrics: true })");
}

export interface Coverage {
  /** Metrics that still send data, and of which nobody is notified. */
  readonly unnotified: readonly string[];
  /** Watchers whose chips match nothing. */
  readonly empty: readonly string[];
  /** Watchers all of whose metrics have stopped. */
  readonly stopped: readonly string[];
}

/** What the watchers leave out. @throws Error when the metrics are not known */
export function coverage(configuration: Configuration, at: Date = new Date()): Coverage {
  const { watchers } = configuration;
  const metrics = metricsOf(configuration);
  const active = metrics.filter((one) => one.active).map(({ name }) => name);
  const [all, live] = [new MetricIndex(metrics.map(({ name }) => name)), new MetricIndex(active)];
  const matched = watchers.map(({ label, chips }) => ({
    label,
    all: all.ofChips(chips).length,
    live: live.ofChips(chips).length,
  }));
  const notified = notifiedMetrics(configuration, live, at);
  return {
    unnotified: live.names.filter((name) => !notified.has(name)),
    empty: matched.filter((one) => one.all === 0).map(({ label }) => label),
    stopped: matched.filter((one) => one.all > 0 && one.live === 0).map(({ label }) => label),
  };
}
