import { asSet } from "../../provider/resources/fields.ts";
import type { Values } from "../../provider/runtime/define.ts";

export interface Person {
  readonly id: number;
  /** In lower case. */
  readonly email: string;
  readonly phoneNumber: string | null;
  readonly slackMemberId: string | null;
}

/** Whom and what an organization can tell something. */
export interface Reach {
  readonly people: readonly Person[];
  readonly channels: readonly string[];
}

export interface Reachable {
  readonly inputs: Values;
  /** What had to be left out, one sentence each. */
  readonly leftOut: string[];
}

/** Inputs without the recipients that the service would refuse: one person who left must not keep a watcher from coming back. */
export function reachable(kind: string, inputs: Values, reach: Reach): Reachable {
  const leftOut: string[] = [];
  const find = (who: unknown) => reach.people.find(({ id, email }) => id === who || email === who);
  const keep = (key: string, list: unknown, judge: (person: Person) => string | undefined) =>
    asSet(
      ((list ?? []) as (string | number)[]).filter((who) => {
        const person = find(who);
        const reason = person === undefined ? "is not in this organization" : judge(person);
        if (reason !== undefined) leftOut.push(`${key}: ${who} ${reason}`);
        return reason === undefined;
      }),
    );
  const anybody = () => undefined;
  const kept: Values = { ...inputs };
  if ("emailUsers" in inputs) kept.emailUsers = keep("emailUsers", inputs.emailUsers, anybody);
  if ("smsUsers" in inputs) {
    kept.smsUsers = keep("smsUsers", inputs.smsUsers, (who) => (who.phoneNumber ? undefined : "has no phone number"));
  }
  const channel = inputs.slackChannel;
  if (typeof channel === "string" && channel !== "" && !reach.channels.includes(channel)) {
    leftOut.push(`slackChannel: "${channel}" is not connected to this organization`);
    // An empty text is how an admin alert says "none".
    kept.slackChannel = kind === "AdminAlert" ? "" : null;
  }
  if ("slackMentionUsers" in inputs) {
    kept.slackMentionUsers = keep("slackMentionUsers", inputs.slackMentionUsers, (who) => {
      if (!who.slackMemberId) return "has no Slack member id";
      return kept.slackChannel === null ? "cannot be mentioned without a channel" : undefined;
    });
  }
  const report = inputs.summaryReport as { frequency: string; emailUsers: unknown } | null | undefined;
  if (report) {
    const emailUsers = keep("summaryReport", report.emailUsers, anybody);
    kept.summaryReport = emailUsers.length > 0 ? { ...report, emailUsers } : null;
  }
  return { inputs: kept, leftOut };
}
