import { bareChannel } from "../../../domain/text/channel-name.ts";
import { formatDuration } from "../../../domain/time/duration.ts";
import type { LiveWatcher } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { asSet } from "../../runtime/sets.ts";
import { describePeople } from "../people.ts";
import { said } from "../unsaid.ts";
import type { WatcherComputed, WatcherInputs } from "./fields.ts";
import { commonParams, type WatcherParams } from "./params.ts";
import type { RuleParams, WatcherType } from "./type.ts";

/** Both types of watcher ⇄ the wire. */

/**
 * Request parameters of a watcher. What is not set is null or empty: a creation leaves it out and an update clears it, so that
 * nothing that the program does not name remains.
 */
export async function toParams<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  inputs: WatcherInputs & Rule,
): Promise<WatcherParams & Params> {
  return { ...(await commonParams(org, inputs)), ...type.ruleToParams(inputs) };
}

/** Live watcher → outputs. `recorded` lends the form of people, and what is never read back. */
export async function readWatcher<Rule extends object, Params extends RuleParams>(
  type: WatcherType<Rule, Params>,
  org: Organization,
  live: LiveWatcher,
  { recorded, lastWrite }: { readonly recorded: Partial<WatcherInputs & Rule>; readonly lastWrite: number },
): Promise<WatcherInputs & Rule & WatcherComputed> {
  return { ...(await fromLive(org, live, recorded)), ...type.ruleFromLive(live, recorded), lastWrite };
}

/** The common part of a live watcher, in normal form. */
export async function fromLive(
  org: Organization,
  live: LiveWatcher,
  recorded: Partial<WatcherInputs>,
): Promise<WatcherInputs & Pick<WatcherComputed, "watcherId">> {
  const refs = (method: string) =>
    (live.alerts ?? []).filter((alert) => alert.method === method).map((alert) => alert.ref);
  const named = async (method: string, known: readonly unknown[] | undefined) =>
    asSet(await describePeople(org, refs(method).map(Number), known ?? []));
  const [channel] = refs("slack");
  const summaryPeople = await named("summary_email", recorded.summaryReport?.emailUsers);
  const recipients = {
    emailUsers: await named("email", recorded.emailUsers),
    smsUsers: await named("sms", recorded.smsUsers),
    slackChannel: channel === undefined ? null : bareChannel(channel),
    slackMentionUsers: await named("slack_mention", recorded.slackMentionUsers),
    msTeamsWebhook: refs("ms_teams")[0] ?? null,
  };
  // What the reply does not say is as recorded.
  const isSaid = live.alerts !== undefined;
  const frequency = said(live.summary_report_frequency, recorded.summaryReport?.frequency);
  const reportUsers = isSaid ? summaryPeople : (recorded.summaryReport?.emailUsers ?? []);
  return {
    name: live.name,
    chips: asSet(live.chips),
    alert: live.alert,
    ...recipients,
    ...(isSaid ? {} : recordedRecipients(recorded)),
    expiration: formatDuration(live.expiration_seconds),
    summaryReport: frequency === null ? null : { frequency, emailUsers: reportUsers },
    fireTestAlertOnCreate: recorded.fireTestAlertOnCreate ?? false,
    undelete: recorded.undelete ?? false,
    adopt: recorded.adopt ?? null,
    watcherId: live.id,
  };
}

type Recipients = Pick<
  WatcherInputs,
  "emailUsers" | "smsUsers" | "slackChannel" | "slackMentionUsers" | "msTeamsWebhook"
>;

function recordedRecipients({
  emailUsers,
  smsUsers,
  slackChannel,
  slackMentionUsers,
  msTeamsWebhook,
}: Partial<WatcherInputs>): Recipients {
  return {
    emailUsers: emailUsers ?? [],
    smsUsers: smsUsers ?? [],
    slackChannel: slackChannel ?? null,
    slackMentionUsers: slackMentionUsers ?? [],
    msTeamsWebhook: msTeamsWebhook ?? null,
  };
}
