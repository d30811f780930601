import { diagnose } from "../../domain/diagnostics/index.ts";
import { isPast } from "../../domain/time/day.ts";
import { kindOf } from "../../provider/catalog.ts";
import { type Coverage, coverage, coverageTree, overlaps, type Replay, replay, silences } from "../../routing/index.ts";
import { type PrintedDiagnostic, printed } from "../health/diagnostics.ts";
import type { Gathered } from "./gather.ts";
import type { Report, ReportAdminAlert, ReportExclusion, ReportLoad, ReportOverlap, ReportProblem } from "./model.ts";
import { recipientsOf, unnotifiedMembers } from "./recipients.ts";
import { watchersOf } from "./watchers.ts";

/** What was read as a report. A pure function: the same for the same organization and time. */
export function reportOf(gathered: Gathered): Report {
  const { organization, takenAt, configuration, stored, notes } = gathered;
  const at = new Date(takenAt * 1000);
  // Muting passes, and is reported as a problem: the map is of what lasts.
  const { muted: _muted, ...lasting } = configuration;
  const hasMetrics = configuration.metrics !== undefined;
  const replayed = stored && replay(configuration, stored.anomalies, stored.span);
  return {
    format: "anomify-report",
    version: 1,
    organization,
    takenAt,
    problems: problemsOf(gathered, hasMetrics ? coverage(lasting, at) : undefined),
    watchers: watchersOf(gathered, replayed),
    coverage: hasMetrics ? coverageTree(lasting, at) : null,
    recipients: recipientsOf(configuration, replayed),
    unnotifiedMembers: unnotifiedMembers(configuration),
    load: replayed && loadOf(replayed),
    overlaps: overlapsOf(gathered),
    adminAlerts: adminAlertsOf(gathered),
    exclusions: exclusionsOf(gathered),
    notes,
    limits: BASIS,
  };
}

/** What no report knows. */
const BASIS: readonly string[] = [
  "How chips and patterns match metric names, what a type of exclusion does, and that a threshold watcher of more than 200 metrics watches nothing, is assumed: Anomify does not document it.",
  "Messages are those that today's watchers would have sent for the stored anomalies, not those that were sent. Threshold watchers and summaries are not in them, since stored anomalies say nothing of these. A mention in Slack counts as a message to the person.",
  "That alerts were muted, or metrics trained on, is not looked at; an alert from before the span may have held back the first one of a metric. Members, phone numbers and channels are those of now.",
  "Anomify lists the people that it shows to this credential; who reads a channel is not known.",
];

const SEVERITIES = ["error", "warning"];

function problemsOf(gathered: Gathered, covered: Coverage | undefined): ReportProblem[] {
  const { problems, configuration, takenAt } = gathered;
  const found: ReportProblem[] = [...problems, ...pastExclusions(gathered)];
  const { muted } = configuration;
  if (muted !== undefined && (muted.until === null || takenAt < muted.until)) {
    const end = muted.until === null ? "" : ` until ${new Date(muted.until * 1000).toISOString().slice(0, 16)}Z`;
    const text = `is muted${end}: nobody is notified of anything. Turn alerts on again in Anomify`;
    const whole = { kind: "", id: null, resource: "The organization", property: "" };
    found.unshift({ severity: "error", code: "muted", ...whole, text });
  }
  for (const resource of covered?.stopped ?? []) {
    const text = "match only metrics that have stopped. Choose others, or remove the watcher";
    const named = configuration.watchers.filter(({ label }) => label === resource);
    const [only] = named.length === 1 ? named : [];
    const watcher = { kind: only?.kind ?? kindOf("watcher"), id: only?.id ?? null, resource, property: "chips" };
    found.push({ severity: "warning", code: "all-stopped", ...watcher, text });
  }
  return found.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** Anomify does not have the dates, so that the look at the organization cannot find these. */
function pastExclusions({ configuration, until, takenAt }: Gathered): PrintedDiagnostic[] {
  const dated = configuration.exclusions.flatMap(({ id, label }) => {
    const last = id === null ? undefined : until.get(id);
    return last === undefined
      ? []
      : [{ kind: kindOf("exclusion"), role: "exclusion" as const, id, label, inputs: { until: last } }];
  });
  return diagnose(dated, { now: takenAt * 1000 }).map(printed);
}

const DAY = 86_400;

function loadOf({ span, anomalies, alerts }: Replay): ReportLoad {
  const days = new Array<number>(Math.max(1, Math.ceil((span.until - span.from) / DAY))).fill(0);
  for (const { timestamp } of alerts) {
    // Whole days counted back from the end, so that the last one is as long as the others.
    const day = days.length - 1 - Math.floor((span.until - 1 - timestamp) / DAY);
    days[day] = (days[day] ?? 0) + 1;
  }
  return { span, anomalies, alerts: alerts.length, days };
}

function overlapsOf({ configuration }: Gathered): ReportOverlap[] {
  const found = overlaps(configuration).map(({ watchers, recipients, metrics }) => {
    return { watchers, recipients: [...new Set(recipients.map(({ to }) => to))], metrics: metrics?.length ?? null };
  });
  return found.sort((a, b) => (b.metrics ?? 0) - (a.metrics ?? 0));
}

function adminAlertsOf({ configuration }: Gathered): ReportAdminAlert[] {
  return configuration.adminAlerts.map(({ alert, enabled, waitSeconds, emailUsers, smsUsers, slackChannel }) => ({
    alert,
    enabled,
    waitSeconds,
    notifies: [
      ...(emailUsers ?? []).map((who) => ({ to: String(who), by: "email" as const })),
      ...(smsUsers ?? []).map((who) => ({ to: String(who), by: "sms" as const })),
      ...(slackChannel ? [{ to: `#${slackChannel}`, by: "slack" as const }] : []),
    ],
  }));
}

/** Whole days since a time in unix seconds; null where it is not known. */
function ageInDays(created: number | undefined, now: number): number | null {
  return created === undefined ? null : Math.max(0, Math.floor((now - created) / DAY));
}

function exclusionsOf({ configuration, takenAt, made, until, reach }: Gathered): ReportExclusion[] {
  const found = configuration.exclusions.map(({ id, type, pattern, note }) => {
    const live = id === null ? undefined : made.get(id);
    const last = (id !== null && until.get(id)) || null;
    return {
      id,
      type,
      pattern,
      note,
      until: last,
      ageDays: ageInDays(live?.created_timestamp, takenAt),
      by: live?.created_user?.email ?? null,
      isPast: last !== null && isPast(last, takenAt * 1000),
      reach: reach.get(`Exclusion ${id}`) ?? null,
      silences: silences(type) ?? null,
    };
  });
  return found.sort((a, b) => (b.ageDays ?? 0) - (a.ageDays ?? 0));
}
