import type { Person } from "../../provider/resources/fields.ts";
import type { Facts, Finding, Subject } from "./problem.ts";
import { judgeChannel, judgePeople } from "./recipients.ts";

/** What is asked of an admin alert. Null: not managed. What is not known is absent. */
interface Alerting {
  readonly alert?: string;
  readonly enabled?: boolean;
  readonly emailUsers?: readonly Person[] | null;
  readonly smsUsers?: readonly Person[] | null;
  readonly slackChannel?: string | null;
}

/** The alert that nothing else can stand in for. */
const VITAL = "all-metrics-stopped";

/** @param busy channels that watchers write to */
export function judgeAdminAlert({ inputs }: Subject, facts: Facts, busy: ReadonlySet<string>): Finding[] {
  const declared = inputs as Alerting;
  return [
    ...judgePeople(facts, [
      { property: "emailUsers", people: declared.emailUsers, by: "email" },
      { property: "smsUsers", people: declared.smsUsers, by: "sms" },
    ]),
    ...judgeChannel(facts, "slackChannel", declared.slackChannel),
    ...judgeReach(effective(declared, facts), busy),
  ];
}

/** With what is live in the place of what is not managed. */
function effective(declared: Alerting, { adminAlerts }: Facts): Alerting {
  const live = adminAlerts?.find(({ alert }) => alert === declared.alert) as Alerting | undefined;
  const managed = Object.entries(declared).filter(([, value]) => value !== null);
  return { ...live, ...Object.fromEntries(managed) };
}

function judgeReach(alerting: Alerting, busy: ReadonlySet<string>): Finding[] {
  const { alert, enabled, emailUsers, smsUsers, slackChannel } = alerting;
  const isVital = alert === VITAL;
  if (enabled === false) {
    const text = "is false, so nobody learns that no data arrives any more. Set enabled: true";
    return isVital ? [{ code: "admin-alert-off", property: "enabled", text }] : [];
  }
  if (emailUsers === undefined || smsUsers === undefined || slackChannel === undefined) return [];
  if ((emailUsers ?? []).length > 0 || (smsUsers ?? []).length > 0) return [];
  if (!slackChannel) {
    const text = "has nobody to tell that no data arrives any more. Add emailUsers, smsUsers or slackChannel";
    return isVital ? [{ code: "admin-alert-nobody", property: "", text }] : [];
  }
  if (!busy.has(slackChannel)) return [];
  const text = `is told in "${slackChannel}" alone, where watchers write too, so it may drown. Add people, or give it a channel of its own`;
  return [{ code: "admin-alert-drowned", property: "slackChannel", text }];
}
