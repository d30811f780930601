import { findPerson, type Member, type Person } from "../../domain/people/person.ts";
import { type ContactWay, channelObstacle, contactObstacle, notAMember } from "../../domain/people/reachability.ts";
import { roleOf } from "../../provider/catalog.ts";
import type { Values } from "../../provider/runtime/definition.ts";
import { asSet } from "../../provider/runtime/sets.ts";

/** Whom an organization can notify. */
export interface Reach {
  readonly people: readonly Member[];
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
  const keep = (key: string, list: unknown, way: ContactWay, more?: string) =>
    asSet(
      ((list ?? []) as Person[]).filter((who) => {
        const member = findPerson(reach.people, who);
        const obstacle = member === undefined ? notAMember(who, reach.people) : contactObstacle(who, member, way);
        const reason = obstacle?.message ?? more;
        if (reason !== undefined) leftOut.push(`${key}: ${reason}`);
        return reason === undefined;
      }),
    );
  const kept: Values = { ...inputs };
  if ("emailUsers" in inputs) kept.emailUsers = keep("emailUsers", inputs.emailUsers, "email");
  if ("smsUsers" in inputs) kept.smsUsers = keep("smsUsers", inputs.smsUsers, "sms");
  const channel = inputs.slackChannel;
  const obstacle = typeof channel === "string" && channel !== "" ? channelObstacle(channel, reach.channels) : undefined;
  if (obstacle !== undefined) {
    leftOut.push(`slackChannel: ${obstacle.message}`);
    // An empty text is how an admin alert says "none".
    kept.slackChannel = roleOf(kind) === "admin-alert" ? "" : null;
  }
  if ("slackMentionUsers" in inputs) {
    const alone = kept.slackChannel === null ? "nobody can be mentioned without a channel" : undefined;
    kept.slackMentionUsers = keep("slackMentionUsers", inputs.slackMentionUsers, "slack-mention", alone);
  }
  const report = inputs.summaryReport as { frequency: string; emailUsers: unknown } | null | undefined;
  if (report) {
    const emailUsers = keep("summaryReport", report.emailUsers, "email");
    kept.summaryReport = emailUsers.length > 0 ? { ...report, emailUsers } : null;
  }
  return { inputs: kept, leftOut };
}
