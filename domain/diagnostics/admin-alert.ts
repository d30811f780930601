import type { Person } from "../people/person.ts";
import type { Facts, Finding, Subject } from "./diagnostic.ts";
import { judgeChannel, judgePeople } from "./people.ts";

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
      { property: "emailUsers", people: declared.emailUsers, way: "email" },
      { property: "smsUsers", people: declared.smsUsers, way: "sms" },
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

/** What an admin alert is about. */
const subjectOf = (alert: string | undefined): string =>
  alert === "some-metrics-stopped" ? "some metrics send no data any more" : "no data arrives any more";

/** Of an admin alert that is disabled. @param alert its kind */
export const adminAlertOff = (alert: string | undefined): Finding => ({
  code: "admin-alert-off",
  property: "enabled",
  message: `is false, so nobody learns that ${subjectOf(alert)}`,
  hint: "Set enabled: true",
});

/** Of an admin alert without any recipient. @param alert its kind */
export const adminAlertNobody = (alert: string | undefined): Finding => ({
  code: "admin-alert-nobody",
  property: "",
  message: `notifies nobody that ${subjectOf(alert)}`,
  hint: "Add emailUsers, smsUsers or slackChannel",
});

function judgeReach(alerting: Alerting, busy: ReadonlySet<string>): Finding[] {
  const { alert, enabled, emailUsers, smsUsers, slackChannel } = alerting;
  const isVital = alert === VITAL;
  if (enabled === false) {
    return isVital ? [adminAlertOff(alert)] : [];
  }
  if (emailUsers === undefined || smsUsers === undefined || slackChannel === undefined) return [];
  if ((emailUsers ?? []).length > 0 || (smsUsers ?? []).length > 0) return [];
  if (!slackChannel) {
    return isVital ? [adminAlertNobody(alert)] : [];
  }
  if (!busy.has(slackChannel)) return [];
  return [
    {
      code: "admin-alert-drowned",
      property: "slackChannel",
      message: `is "${slackChannel}" alone, where watchers write too, so the alert may drown`,
      hint: "Add people, or give it a channel of its own",
    },
  ];
}
