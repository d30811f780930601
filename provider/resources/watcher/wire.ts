import { formatDuration, splitDuration } from "../../../domain/time/duration.ts";
import type { LiveWatcher } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import * as field from "../fields.ts";
import { describePeople, personIds } from "../people.ts";
import type { WatcherInputs } from "./fields.ts";

/** Both types of watcher ⇄ the wire, all but the rule of a threshold watcher. */

/**
 * Wire parameters of a watcher. What is not set is null or empty: a creation leaves it out and an update clears it, so that
 * nothing that the program does not name remains.
 */
export async function toWire(org: Organization, inputs: WatcherInputs) {
  const expiration = splitDuration(inputs.expiration);
  const summary = inputs.summaryReport;
  return {
    name: inputs.name,
    chips: inputs.chips,
    alert: inputs.alert,
    expiration_time: expiration.value,
    expiration_time_unit: expiration.unit,
    email_users: await personIds(org, inputs.emailUsers),
    sms_users: await personIds(org, inputs.smsUsers),
    slack_mention_users: await personIds(org, inputs.slackMentionUsers),
    slack_channel: inputs.slackChannel,
    ms_teams_webhook: inputs.msTeamsWebhook,
    summary_report_frequency: summary?.frequency ?? null,
    summary_report_users: await personIds(org, summary?.emailUsers ?? []),
  };
}

/** Live watcher → inputs in normal form. `recorded` lends the form of people, and what is never read back. */
export async function fromWire(
  org: Organization,
  live: LiveWatcher,
  recorded: Partial<WatcherInputs>,
): Promise<WatcherInputs & { watcherId: number }> {
  const refs = (method: string) => live.alerts.filter((alert) => alert.method === method).map((alert) => alert.ref);
  const named = async (method: string, known: readonly unknown[] | undefined) =>
    field.asSet(await describePeople(org, refs(method).map(Number), known ?? []));
  const summaryPeople = await named("summary_email", recorded.summaryReport?.emailUsers);
  return {
    name: live.name,
    chips: field.asSet(live.chips),
    alert: live.alert,
    emailUsers: await named("email", recorded.emailUsers),
    smsUsers: await named("sms", recorded.smsUsers),
    slackChannel: refs("slack")[0] ?? null,
    slackMentionUsers: await named("slack_mention", recorded.slackMentionUsers),
    msTeamsWebhook: refs("ms_teams")[0] ?? null,
    expiration: formatDuration(live.expiration_seconds),
    summaryReport:
      live.summary_report_frequency === null
        ? null
        : { frequency: live.summary_report_frequency, emailUsers: summaryPeople },
    fireTestAlertOnCreate: recorded.fireTestAlertOnCreate ?? false,
    undelete: recorded.undelete ?? false,
    adopt: recorded.adopt ?? null,
    watcherId: live.id,
  };
}
