import { isDeepStrictEqual } from "node:util";
import type { RoutedWatcher } from "../../../domain/routing/model.ts";
import { replayWatcher } from "../../../domain/routing/replay.ts";
import { durationSeconds } from "../../../domain/time/duration.ts";
import type { StoredAnomalies } from "../../organization/anomalies.ts";
import type { Organization } from "../../organization/organization.ts";
import { containsUnknown } from "../../runtime/unknowns.ts";
import type { WatcherInputs } from "./fields.ts";

const DAY_SECONDS = 86_400;

/**
 * One sentence on how often a watcher would have alerted, before and after a change of what decides that; undefined where the
 * stack does not ask for it, or nothing is known. Costs one list of anomalies per process.
 *
 * @param before inputs of the state
 */
export async function replaySentence(
  org: Organization,
  label: string,
  inputs: WatcherInputs,
  before: WatcherInputs | undefined,
): Promise<string | undefined> {
  const { replayDays } = org.settings;
  if (replayDays === undefined || [inputs.chips, inputs.alert, inputs.expiration].some(containsUnknown))
    return undefined;
  const wanted = deciding(label, inputs);
  const recorded = before && deciding(label, before);
  if (isDeepStrictEqual(wanted, recorded)) return undefined;
  const past = await org.history.anomalies(replayDays, org.clock.now());
  if (past === undefined) return undefined;
  const counts = replayWatcher(recorded, wanted, past.anomalies, past.span);
  const after = counts.after.alerts;
  const result = counts.before ? `${alerts(counts.before.alerts)} before, ${after} after` : alerts(after);
  return `${since(past, replayDays)}: ${result}.`;
}

/** What decides how often it alerts. Who is notified does not, as long as anybody is. */
function deciding(label: string, inputs: WatcherInputs): RoutedWatcher {
  const { emailUsers, smsUsers, slackChannel, msTeamsWebhook } = inputs;
  const isReached = [emailUsers, smsUsers, slackChannel, msTeamsWebhook].some((one) => (one?.length ?? 0) > 0);
  // Missing in a record from before they existed.
  const { alert = true, expiration = "1h" } = inputs as Partial<WatcherInputs>;
  return {
    kind: "Watcher",
    type: "anomaly",
    id: null,
    label,
    name: label,
    chips: inputs.chips,
    alert,
    expirationSeconds: durationSeconds(expiration),
    emailUsers: isReached ? ["somebody"] : [],
    smsUsers: [],
    slackChannel: null,
    slackMentionUsers: [],
    msTeams: false,
    summaryReport: null,
    threshold: null,
  };
}

const alerts = (count: number): string => (count === 1 ? "1 alert" : `${count} alerts`);

function since({ span, notes }: StoredAnomalies, days: number): string {
  const isWhole = span.until - span.from === days * DAY_SECONDS;
  const start = new Date(span.from * 1000).toISOString().replace(/:\d+\.\d+Z$/, "Z");
  const range = isWhole ? `Over the last ${days === 1 ? "day" : `${days} days`}` : `Since ${start}`;
  return isWhole && notes.length > 0 ? `${range} (some anomalies may be missing)` : range;
}
