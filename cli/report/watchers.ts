import { recipientsIn } from "../../domain/routing/lists.ts";
import { obstacles } from "../../domain/routing/obstacles.ts";
import { describeRule } from "../../domain/thresholds/rule.ts";
import type { Configuration, Replay, RoutedWatcher } from "../../routing/index.ts";
import type { Gathered } from "./gather.ts";
import type { ReportWatcher, ReportWay } from "./model.ts";

/** The watchers with what they match, whom they notify and how often. */
export function watchersOf({ configuration, reach }: Gathered, replayed: Replay | null): ReportWatcher[] {
  const counts = new Map(replayed?.watchers.map((one) => [one.id, one]));
  const found = configuration.watchers.map((watcher): ReportWatcher => {
    const { kind, id, name, chips, alert, expirationSeconds } = watcher;
    return {
      kind,
      id,
      name,
      chips,
      alert,
      expirationSeconds,
      threshold: watcher.threshold && describeRule(watcher.threshold),
      reach: reach.get(`${kind} ${id}`) ?? null,
      notifies: notifiesOf(configuration, watcher),
      alerts: counts.get(id)?.alerts ?? null,
      heldBack: counts.get(id)?.heldBack ?? null,
    };
  });
  return found.sort((a, b) => (b.reach?.metrics ?? 0) - (a.reach?.metrics ?? 0));
}

/** Whom a watcher notifies; also what does not arrive, with the reason. */
export function notifiesOf(configuration: Configuration, watcher: RoutedWatcher): ReportWay[] {
  return recipientsIn(watcher).map((recipient) => {
    const reasons = obstacles(configuration, watcher, recipient).map(({ text }) => text);
    return { to: recipient.to, by: recipient.by, obstacle: reasons.length > 0 ? reasons.join("; ") : null };
  });
}
