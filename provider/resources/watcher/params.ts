import { splitDuration } from "../../../domain/time/duration.ts";
import type { LiveWatcher } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { personIds } from "../people.ts";
import type { WatcherInputs } from "./fields.ts";

/** A watcher as a reply describes it, and the time that this stands for. */
export interface LiveDescription {
  readonly live: LiveWatcher;
  /** Unix seconds, service clock. */
  readonly at: number;
}

/** Request parameters that both types of watcher have. */
export type WatcherParams = Awaited<ReturnType<typeof commonParams>>;

export async function commonParams(org: Organization, inputs: WatcherInputs) {
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
