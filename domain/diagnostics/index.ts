import { judgeAdminAlert } from "./admin-alert.ts";
import { isPast } from "./day.ts";
import { CODES, type Facts, type Finding, type Problem, type Subject } from "./problem.ts";
import { judgeWatcher } from "./watcher.ts";

export type { Facts, Problem, ProblemSeverity, Subject } from "./problem.ts";

/**
 * What is wrong in a configuration: who cannot be reached, what tells nobody, what catches nothing. A pure function: the
 * check of the provider, `anomify health` and `anomify drift` get their answers here. In the order of the subjects.
 */
export function findProblems(subjects: readonly Subject[], facts: Facts): Problem[] {
  const busy = new Set([...(facts.watcherChannels ?? []), ...subjects.flatMap(channelOf)]);
  return subjects.flatMap((subject) => {
    const { kind, id = null, label: resource } = subject;
    const problem = (found: Finding): Problem => ({ severity: CODES[found.code], ...found, kind, id, resource });
    return judge(subject, facts, busy).map(problem);
  });
}

function judge(given: Subject, facts: Facts, busy: ReadonlySet<string>): Finding[] {
  const subject = { ...given, inputs: understood(given.inputs) };
  if (isWatcher(subject.kind)) return judgeWatcher(subject, facts);
  if (subject.kind === "AdminAlert") return judgeAdminAlert(subject, facts, busy);
  return subject.kind === "Exclusion" ? judgeDate(subject, facts) : [];
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

const isWatcher = (kind: string): boolean => kind === "Watcher" || kind === "ThresholdWatcher";

/** The channel that a watcher writes to. */
function channelOf({ kind, inputs }: Subject): string[] {
  const { alert, slackChannel } = inputs;
  return isWatcher(kind) && alert !== false && typeof slackChannel === "string" ? [slackChannel] : [];
}

function judgeDate({ inputs: { until } }: Subject, { now = Date.now() }: Facts): Finding[] {
  if (typeof until !== "string" || !isPast(until, now)) return [];
  const text = `is past: the exclusion should have ended on ${until}. Remove it, or extend until`;
  return [{ code: "exclusion-past", property: "until", text }];
}
