import { findPerson } from "../people/person.ts";
import { channelObstacle, contactObstacle, notAMember, type Obstacle } from "../people/reachability.ts";
import { channelKey, type Recipient } from "./lists.ts";
import type { Configuration, RoutedWatcher } from "./model.ts";

/** What decides whether a recipient can be reached. */
export type Reachable = Pick<Configuration, "people" | "everybody" | "channels">;

export type WhyNot =
  | "alert-off"
  | "excluded"
  | "muted"
  | "too-many-metrics"
  | "not-a-member"
  | "no-phone-number"
  | "no-slack-member-id"
  | "email-alerts-off"
  | "channel-not-connected";

/** Why a message does not go out. */
export interface Reason {
  readonly why: WhyNot;
  /** What is wrong, without a full stop. */
  readonly text: string;
}

const WHY: Readonly<Record<Obstacle["code"], WhyNot>> = {
  "person-left": "not-a-member",
  "person-ambiguous": "not-a-member",
  "no-phone-number": "no-phone-number",
  "no-slack-member-id": "no-slack-member-id",
  "email-alerts-off": "email-alerts-off",
  "slack-not-connected": "channel-not-connected",
  "no-such-channel": "channel-not-connected",
};

/** Why a recipient cannot be reached, whatever the metric is. What is not known is no obstacle. */
export function obstacles(configuration: Reachable, watcher: RoutedWatcher, recipient: Recipient): Reason[] {
  if (recipient.kind === "channel") return recipient.by === "slack" ? ofChannel(configuration, watcher) : [];
  const inChannel = recipient.by === "slack-mention" ? ofChannel(configuration, watcher) : [];
  return [...ofPerson(configuration, recipient), ...inChannel];
}

function ofChannel({ channels }: Reachable, { slackChannel }: RoutedWatcher): Reason[] {
  if (channels === undefined || slackChannel === null) return [];
  const bare = (name: string) => channelKey(name).slice(1);
  return reasons(channelObstacle(bare(slackChannel), channels.map(bare)));
}

function ofPerson({ people, everybody }: Reachable, { to, by }: Recipient): Reason[] {
  const person = findPerson(people, to);
  if (person === undefined) return everybody ? reasons(notAMember(to)) : [];
  if (by === "slack" || by === "ms-teams") return [];
  return reasons(contactObstacle(to, person, by === "summary-email" ? "email" : by));
}

const reasons = (obstacle: Obstacle | undefined): Reason[] =>
  obstacle === undefined ? [] : [{ why: WHY[obstacle.code], text: obstacle.message }];
