import { isWatching } from "../roles.ts";
import { isPast } from "../time/day.ts";
import { judgeAdminAlert } from "./admin-alert.ts";
import { CODES, type Diagnostic, type Facts, type Finding, type Subject } from "./diagnostic.ts";
import { judgeWatcher } from "./watcher.ts";

export { adminAlertNobody, adminAlertOff } from "./admin-alert.ts";
export {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticSeverity,
  describe,
  type Facts,
  type Finding,
  formatDiagnostic,
  type Subject,
} from "./diagnostic.ts";
export { alertOff, noRecipient, summaryOnly } from "./watcher.ts";

/**
 * What is wrong in a configuration: who cannot be reached, what notifies nobody, what matches nothing. A pure function: the
 * check of the provider, `anomify health` and `anomify drift` get their answers here. In the order of the subjects.
 */
export function diagnose(subjects: readonly Subject[], facts: Facts): Diagnostic[] {
  const busy = new Set([...(facts.watcherChannels ?? []), ...subjects.flatMap(channelOf)]);
  return subjects.flatMap((subject) => {
    const { kind, id = null, label: resource } = subject;
    const diagnostic = (found: Finding): Diagnostic => ({ severity: CODES[found.code], ...found, kind, id, resource });
    return judge(subject, facts, busy).map(diagnostic);
  });
}

function judge(given: Subject, facts: Facts, busy: ReadonlySet<string>): Finding[] {
  const subject = { ...given, inputs: understood(given.inputs) };
  if (isWatching(subject.role)) return judgeWatcher(subject, facts);
  if (subject.role === "admin-alert") return judgeAdminAlert(subject, facts, busy);
  return subject.role === "exclusion" ? judgeDate(subject, facts) : [];
}

const isText = (value: unknown) => typeof value === "string";
const isListOf = (isItem: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(isItem);
const isPeople = isListOf((who) => typeof who === "string" || typeof who === "number");
const forms: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ...["emailUsers", "smsUsers", "slackMentionUsers"].map((key) => [key, isPeople] as const),
  ...["slackChannel", "msTeamsWebhook"].map((key) => [key, isText] as const),
  ["chips", isListOf(isText)] as const,
  ["summaryReport", (value) => typeof value === "object" && isPeople(Reflect.get(value ?? {}, "emailUsers") ?? [])],
]);

/** Inputs without those of another form than theirs, which a state that was edited may have: nothing is known of these. */
function understood<Inputs extends object>(inputs: Inputs): Inputs {
  const entries = Object.entries(inputs).filter(([key, value]) => value === null || (forms.get(key)?.(value) ?? true));
  return Object.fromEntries(entries) as Inputs;
}

/** The channel that a watcher writes to. */
function channelOf({ role, inputs }: Subject): string[] {
  const { alert, slackChannel } = inputs;
  return isWatching(role) && alert !== false && typeof slackChannel === "string" ? [slackChannel] : [];
}

function judgeDate({ inputs: { until } }: Subject, { now = Date.now() }: Facts): Finding[] {
  return typeof until === "string" && isPast(until, now) ? [exclusionPast(until)] : [];
}

/** Of an exclusion after its last day. */
export const exclusionPast = (until: string): Finding => ({
  code: "exclusion-past",
  property: "until",
  message: `is past: the exclusion should have ended on ${until}`,
  hint: "Remove it, or extend until",
});
