import {
  type Diagnostic,
  describe,
  diagnose,
  type Facts,
  formatDiagnostic,
  type Subject,
} from "../../domain/diagnostics/index.ts";
import { bareChannel } from "../../domain/text/channel-name.ts";
import type { Organization } from "../organization/organization.ts";
import type { Values } from "../runtime/definition.ts";
import type { Failure } from "../runtime/messages.ts";
import { membersOf, offlineTolerant } from "./people.ts";

/** Asks for one kind of fact, when the subject gives rise to it. */
interface Question {
  /** What it is about, for the message when the network is not there. */
  readonly about: string;
  readonly isNeeded: boolean;
  readonly ask: () => Promise<Facts>;
}

const isNamed = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** What the organization says of a watcher's recipients. Nothing is asked for a watcher that names none. */
export async function checkWatcherHealth(org: Organization, subject: Subject): Promise<Failure[]> {
  return await checkHealth(org, subject, questionsOfRecipients(org, subject.inputs));
}

/** Whether an exclusion is past its date. Nothing is asked. */
export async function checkExclusionHealth(org: Organization, subject: Subject): Promise<Failure[]> {
  return await checkHealth(org, subject, []);
}

/**
 * What an admin alert needs. What the program does not manage is read; the watchers are, when only a channel is notified.
 *
 * @param live inputs of the live alerts
 */
export async function checkAdminAlertHealth(
  org: Organization,
  subject: Subject,
  live: () => Promise<Values[]>,
): Promise<Failure[]> {
  const { alert, enabled, emailUsers, smsUsers, slackChannel } = subject.inputs;
  const recipients = [emailUsers, smsUsers, slackChannel];
  // While nobody knows which alert it is, the live ones say nothing of it.
  const isQuiet = alert === undefined || enabled === false || isNamed(emailUsers) || isNamed(smsUsers);
  return await checkHealth(org, subject, [
    ...questionsOfRecipients(org, subject.inputs),
    {
      about: "admin alerts",
      isNeeded: !isQuiet && recipients.includes(null),
      ask: async () => ({ adminAlerts: await live() }),
    },
    {
      about: "watchers",
      isNeeded: !isQuiet && slackChannel !== undefined && slackChannel !== "",
      ask: async () => ({ watcherChannels: await channelsOfWatchers(org) }),
    },
  ]);
}

function questionsOfRecipients(org: Organization, inputs: Values): Question[] {
  const { emailUsers, smsUsers, slackMentionUsers, summaryReport, slackChannel } = inputs;
  const digest = (summaryReport as { emailUsers?: unknown } | null | undefined)?.emailUsers;
  return [
    {
      about: "people",
      isNeeded: [emailUsers, smsUsers, slackMentionUsers, digest].some(isNamed),
      ask: async () => ({ people: await membersOf(org) }),
    },
    {
      about: "Slack channels",
      isNeeded: isNamed(slackChannel),
      ask: async () => ({ channels: (await org.lists.channels()).items.map(({ name }) => name) }),
    },
  ];
}

async function channelsOfWatchers(org: Organization): Promise<string[]> {
  return (await org.lists.watchers()).items
    .filter(({ alert, deleted }) => alert && !deleted)
    .flatMap(({ alerts }) => alerts ?? [])
    .filter(({ method }) => method === "slack")
    .map(({ ref }) => bareChannel(ref));
}

async function checkHealth(org: Organization, subject: Subject, questions: readonly Question[]): Promise<Failure[]> {
  const facts: Facts = {};
  const failures: Failure[] = [];
  for (const { about, isNeeded, ask } of questions) {
    if (!isNeeded) continue;
    const asked = await offlineTolerant(org, about, async () => {
      Object.assign(facts, await ask());
      return [];
    });
    failures.push(...asked);
  }
  return [...failures, ...diagnose([subject], facts).flatMap((diagnostic) => report(org, diagnostic))];
}

/** An error is a failure of the check; so is a warning with `anomify:strict`, unless it may be meant. */
function report(org: Organization, diagnostic: Diagnostic): Failure[] {
  const { severity, code, resource, property } = diagnostic;
  const mayBeMeant = code === "summary-only" || code === "retired-teams-host";
  if (severity === "error" || (org.settings.strict && !mayBeMeant)) {
    return [{ property, reason: describe(diagnostic) }];
  }
  if (code === "summary-only") org.reporter.inform(describe(diagnostic), resource);
  else if (code === "retired-teams-host") org.reporter.warn(formatDiagnostic(diagnostic));
  else org.reporter.advise(formatDiagnostic(diagnostic));
  return [];
}
