import { channelKey, type Recipient } from "./lists.ts";
import type { Configuration, RoutedPerson, RoutedWatcher } from "./model.ts";

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
  /** In words, with the next step where there is one. */
  readonly text: string;
}

/** Why a recipient cannot be reached, whatever the metric is. What is not known is no obstacle. */
export function obstacles(configuration: Reachable, watcher: RoutedWatcher, recipient: Recipient): Reason[] {
  const { channels } = configuration;
  if (recipient.kind === "channel") return notConnected(recipient.to, recipient.by === "slack" ? channels : undefined);
  const mentionedIn = recipient.by === "slack-mention" ? channelKey(watcher.slackChannel) : undefined;
  return [
    ...ofPerson(configuration, recipient),
    ...(mentionedIn === undefined ? [] : notConnected(mentionedIn, channels)),
  ];
}

function notConnected(to: string, channels: readonly string[] | undefined): Reason[] {
  if (channels === undefined || channels.some((name) => channelKey(name) === to)) return [];
  return [{ why: "channel-not-connected", text: `${to} is not a connected Slack channel` }];
}

function ofPerson({ people, everybody }: Reachable, { to, by }: Recipient): Reason[] {
  const person = people.find(({ email }) => email === to);
  if (person === undefined) {
    return everybody ? [{ why: "not-a-member", text: `${to} is not a member of the organization` }] : [];
  }
  const obstacle = OBSTACLES[by]?.(person);
  return obstacle === undefined ? [] : [{ why: obstacle[0], text: `${to} ${obstacle[1]}` }];
}

type Obstacle = (person: RoutedPerson) => readonly [WhyNot, string] | undefined;
const emailOff: Obstacle = ({ emailAlerts }) =>
  emailAlerts === false ? ["email-alerts-off", "has e-mail alerts switched off"] : undefined;
const OBSTACLES: Partial<Record<Recipient["by"], Obstacle>> = {
  email: emailOff,
  "summary-email": emailOff,
  sms: ({ phoneNumber }) => (phoneNumber === null ? ["no-phone-number", "has no phone number"] : undefined),
  "slack-mention": ({ slackMemberId }) =>
    slackMemberId === null ? ["no-slack-member-id", "has no Slack member id"] : undefined,
};
