import { ifKnown, known, type PolicyPerson, type PolicyWatcher } from "./subject.ts";

/** Ways in which a watcher notifies somebody of each anomaly. A summary is none of them. */
export const ways = ["sms", "slack", "teams", "email"] as const;
export type Way = (typeof ways)[number];

/** Recipients of a watcher or an admin alert. */
type Recipients = Partial<
  Pick<PolicyWatcher, "emailUsers" | "smsUsers" | "slackChannel" | "msTeams" | "msTeamsWebhook">
>;

const uses: Readonly<Record<Way, (recipients: Recipients) => boolean>> = {
  sms: ({ smsUsers }) => (smsUsers ?? []).length > 0,
  slack: ({ slackChannel }) => (slackChannel ?? "") !== "",
  teams: ({ msTeams, msTeamsWebhook }) => msTeams ?? (msTeamsWebhook ?? "") !== "",
  email: ({ emailUsers }) => (emailUsers ?? []).length > 0,
};

/** Whether somebody is notified in one of these ways. */
export function notifies(recipients: Recipients, among: readonly Way[]): boolean {
  let failed: unknown;
  for (const way of among) {
    try {
      if (uses[way](recipients)) return true;
    } catch (error) {
      // Another way may be known, and be enough.
      failed ??= error;
    }
  }
  if (failed !== undefined) throw failed;
  return false;
}

/**
 * People whom the watcher names for alerts, each once, and how many entries are not known yet. An address and an id are two
 * people here, since only the organization knows whether they are one.
 */
export function peopleOf(watcher: PolicyWatcher): { people: Set<PolicyPerson>; unknown: number } {
  const people = new Set<PolicyPerson>();
  let unknown = 0;
  for (const key of ["emailUsers", "smsUsers", "slackMentionUsers"] as const) {
    const list = ifKnown(() => known(watcher[key])) ?? { items: [], unknown: Number.POSITIVE_INFINITY };
    for (const one of list.items) people.add(typeof one === "string" ? one.trim().toLowerCase() : one);
    unknown += list.unknown;
  }
  return { people, unknown };
}
