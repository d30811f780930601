import type { Person } from "../../provider/resources/fields.ts";
import { MOST_THRESHOLD_METRICS } from "../../provider/resources/watcher/effect.ts";
import type { Facts, Finding, Subject } from "./problem.ts";
import { judgeChannel, judgePeople } from "./recipients.ts";

/** What is asked of a watcher; what is not known is absent. */
interface Watched {
  readonly alert?: boolean;
  readonly chips?: readonly string[];
  readonly emailUsers?: readonly Person[] | null;
  readonly smsUsers?: readonly Person[] | null;
  readonly slackChannel?: string | null;
  readonly slackMentionUsers?: readonly Person[] | null;
  readonly msTeamsWebhook?: string | null;
  /** Whether there is a webhook, where its URL is not told. */
  readonly msTeams?: boolean;
  readonly summaryReport?: { readonly emailUsers: readonly Person[] } | null;
}

/** Old Office 365 connector hosts: Microsoft stopped delivering from them. */
const RETIRED_TEAMS_HOSTS = ["outlook.office.com", "webhook.office.com", "outlook.office365.com"];

export function judgeWatcher({ kind, inputs }: Subject, facts: Facts): Finding[] {
  const watched = inputs as Watched;
  return [
    ...judgePeople(facts, [
      { property: "emailUsers", people: watched.emailUsers, by: "email" },
      { property: "smsUsers", people: watched.smsUsers, by: "sms" },
      { property: "slackMentionUsers", people: watched.slackMentionUsers, by: "mention" },
      { property: "summaryReport.emailUsers", people: watched.summaryReport?.emailUsers, by: "email" },
    ]),
    ...judgeChannel(facts, "slackChannel", watched.slackChannel),
    ...judgeHost(watched.msTeamsWebhook),
    ...judgeAlert(watched),
    ...judgeChips(kind, watched, facts),
  ];
}

function judgeHost(url: string | null | undefined): Finding[] {
  const host = url && URL.canParse(url) ? new URL(url).hostname : "";
  if (!RETIRED_TEAMS_HOSTS.some((retired) => host === retired || host.endsWith(`.${retired}`))) return [];
  // The first part of the host names the organization at Microsoft.
  const short = host.split(".").slice(-3).join(".");
  const text = `is on ${short}, which Microsoft has retired: nothing may arrive. Make a new URL with a Teams workflow`;
  return [{ code: "retired-teams-host", property: "msTeamsWebhook", text }];
}

function judgeAlert(watched: Watched): Finding[] {
  if (watched.alert === false) {
    const text = "is false, so nobody is told of anything. Set alert: true, or remove the watcher";
    return [{ code: "alert-off", property: "alert", text }];
  }
  if (tellsSomebody(watched) !== false) return [];
  if (watched.summaryReport === undefined) return [];
  if (watched.summaryReport !== null) {
    const text = "sends a summary alone: nobody is told when something happens. Add recipients if somebody should be";
    return [{ code: "summary-only", property: "", text }];
  }
  const text = "has nobody to tell. Add emailUsers, smsUsers, slackChannel or msTeamsWebhook";
  return [{ code: "nobody-told", property: "", text }];
}

/** `undefined` when that is not known. */
function tellsSomebody({ emailUsers, smsUsers, slackChannel, msTeamsWebhook, msTeams }: Watched): boolean | undefined {
  const teams = msTeams === undefined ? msTeamsWebhook : msTeams ? "told" : null;
  const ways = [emailUsers, smsUsers, slackChannel, teams];
  if (ways.some((way) => way !== undefined && way !== null && way.length > 0)) return true;
  return ways.includes(undefined) ? undefined : false;
}

function judgeChips(kind: string, { chips }: Watched, { caught }: Facts): Finding[] {
  const found = chips && caught?.(chips);
  if (found === undefined) return [];
  const estimate = found.estimate ? " (estimate)" : "";
  if (found.count === 0) {
    const text = `catch no metric of the organization${estimate}, so nobody is told of anything. Choose others, or remove the watcher`;
    return [{ code: "no-metric", property: "chips", text }];
  }
  if (kind !== "ThresholdWatcher" || found.count <= MOST_THRESHOLD_METRICS) return [];
  const text = `catch ${found.count} metrics${estimate}, and a threshold watcher of more than ${MOST_THRESHOLD_METRICS} watches nothing (assumed). Add a chip that narrows them`;
  return [{ code: "too-many-metrics", property: "chips", text }];
}
