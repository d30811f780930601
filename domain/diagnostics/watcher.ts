import type { Person } from "../people/person.ts";
import type { Role } from "../roles.ts";
import type { Facts, Finding, Subject } from "./diagnostic.ts";
import { noMetric, tooManyMetrics } from "./matched-metrics.ts";
import { judgeChannel, judgePeople } from "./people.ts";

/** What is asked of a watcher; what is not known is absent. */
interface Watched {
  readonly alert?: boolean;
  readonly chips?: readonly string[];
  readonly emailUsers?: readonly Person[] | null;
  readonly smsUsers?: readonly Person[] | null;
  readonly slackChannel?: string | null;
  readonly slackMentionUsers?: readonly Person[] | null;
  readonly msTeamsWebhook?: string | null;
  /** Whether there is a webhook, where its URL is not known. */
  readonly msTeams?: boolean;
  readonly summaryReport?: { readonly emailUsers: readonly Person[] } | null;
}

/** Old Office 365 connector hosts: Microsoft stopped delivering from them. */
const RETIRED_TEAMS_HOSTS = ["outlook.office.com", "webhook.office.com", "outlook.office365.com"];

export function judgeWatcher({ role, inputs }: Subject, facts: Facts): Finding[] {
  const watched = inputs as Watched;
  return [
    ...judgePeople(facts, [
      { property: "emailUsers", people: watched.emailUsers, way: "email" },
      { property: "smsUsers", people: watched.smsUsers, way: "sms" },
      { property: "slackMentionUsers", people: watched.slackMentionUsers, way: "slack-mention" },
      { property: "summaryReport.emailUsers", people: watched.summaryReport?.emailUsers, way: "email" },
    ]),
    ...judgeChannel(facts, "slackChannel", watched.slackChannel),
    ...judgeHost(watched.msTeamsWebhook),
    ...judgeAlert(watched),
    ...judgeChips(role, watched, facts),
  ];
}

function judgeHost(url: string | null | undefined): Finding[] {
  const host = url && URL.canParse(url) ? new URL(url).hostname : "";
  if (!RETIRED_TEAMS_HOSTS.some((retired) => host === retired || host.endsWith(`.${retired}`))) return [];
  // The first part of the host names the organization at Microsoft.
  const short = host.split(".").slice(-3).join(".");
  return [
    {
      code: "retired-teams-host",
      property: "msTeamsWebhook",
      message: `is on ${short}, which Microsoft has retired: nothing may arrive`,
      hint: "Make a new URL with a Teams workflow",
    },
  ];
}

/** Of a watcher whose alert is off. */
export const alertOff: Finding = {
  code: "alert-off",
  property: "alert",
  message: "is false, so nobody is notified",
  hint: "Set alert: true, or remove the watcher",
};

/** Of a watcher without recipients that has a summary report. */
export const summaryOnly: Finding = {
  code: "summary-only",
  property: "",
  message: "sends a summary alone: nobody is notified when something happens",
  hint: "Add recipients if somebody should be",
};

/** Of a watcher without any recipient. */
export const noRecipient: Finding = {
  code: "nobody-notified",
  property: "",
  message: "notifies nobody",
  hint: "Add emailUsers, smsUsers, slackChannel or msTeamsWebhook",
};

function judgeAlert(watched: Watched): Finding[] {
  if (watched.alert === false) return [alertOff];
  if (notifiesSomebody(watched) !== false || watched.summaryReport === undefined) return [];
  return [watched.summaryReport === null ? noRecipient : summaryOnly];
}

/** `undefined` when that is not known. */
function notifiesSomebody({
  emailUsers,
  smsUsers,
  slackChannel,
  msTeamsWebhook,
  msTeams,
}: Watched): boolean | undefined {
  const teams = msTeams === undefined ? msTeamsWebhook : msTeams ? "set" : null;
  const ways = [emailUsers, smsUsers, slackChannel, teams];
  if (ways.some((way) => way !== undefined && way !== null && way.length > 0)) return true;
  return ways.includes(undefined) ? undefined : false;
}

function judgeChips(role: Role, { chips }: Watched, { matched }: Facts): Finding[] {
  const found = chips && matched?.(chips);
  if (found === undefined) return [];
  if (found.count === 0) return [noMetric(chips ?? [], found)];
  const tooMany = role === "threshold-watcher" ? tooManyMetrics(found) : undefined;
  return tooMany === undefined ? [] : [tooMany];
}
