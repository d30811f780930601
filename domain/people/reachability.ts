import { didYouMean } from "../text/did-you-mean.ts";
import { findPeople, type Identified, type Person } from "./person.ts";

/** The way in which a person or a channel is notified. */
export type ContactWay = "email" | "sms" | "slack-mention" | "slack";

export type ObstacleCode =
  | "person-left"
  | "person-ambiguous"
  | "no-phone-number"
  | "no-slack-member-id"
  | "email-alerts-off"
  | "slack-not-connected"
  | "no-such-channel";

/** Why nothing reaches a recipient. */
export interface Obstacle {
  readonly code: ObstacleCode;
  /** What is wrong, as a sentence without its full stop. */
  readonly message: string;
  /** The next step, as a sentence without its full stop. */
  readonly hint: string;
}

/** What is known of how a person can be reached. Null or empty: there is none. Absent or undefined: not known. */
export interface Contact {
  readonly phoneNumber?: string | null | undefined;
  readonly slackMemberId?: string | null | undefined;
  /** Whether e-mail alerts reach this person (assumed). */
  readonly emailAlerts?: boolean | null;
}

/** Why a name means no member, or not one alone. @param members where they are known */
export function notAMember(who: Person, members: readonly Identified[] = []): Obstacle {
  const meant = findPeople(members, who);
  if (meant.length > 1) {
    const ids = meant.map(({ id, email }) => id ?? email).join(", ");
    return {
      code: "person-ambiguous",
      message: `${who} is the address of ${meant.length} members of this Anomify organization (ids ${ids})`,
      hint: "Name the right one by id",
    };
  }
  const addresses = members.map(({ email }) => email);
  const suggestion = typeof who === "number" ? "" : didYouMean(who, addresses).trim();
  return {
    code: "person-left",
    message: `${who} is not in this Anomify organization`,
    hint: suggestion === "" ? "Invite them in Anomify first" : suggestion,
  };
}

/** What keeps a member from being reached in a way; undefined when nothing is known to. */
export function contactObstacle(who: Person, contact: Contact, way: ContactWay): Obstacle | undefined {
  const hint = "Set one in Anomify or with anomify.User";
  if (way === "sms" && isMissing(contact.phoneNumber)) {
    return { code: "no-phone-number", message: `${who} has no phone number, so no SMS can reach them`, hint };
  }
  if (way === "slack-mention" && isMissing(contact.slackMemberId)) {
    const message = `${who} has no Slack member id, so they cannot be mentioned`;
    return { code: "no-slack-member-id", message, hint };
  }
  if (way === "email" && contact.emailAlerts === false) {
    const message = `${who} has e-mail alerts switched off`;
    return { code: "email-alerts-off", message, hint: "Switch them on in Anomify or with anomify.User" };
  }
  return undefined;
}

const isMissing = (value: string | null | undefined): boolean => value === null || value === "";

/** A Slack channel that is not connected; undefined when it is. @param channels connected ones, without `#` */
export function channelObstacle(name: string, channels: readonly string[]): Obstacle | undefined {
  return channels.includes(name) ? undefined : notConnected(name, channels);
}

/** A Slack channel that is not among the connected ones. */
export function notConnected(name: string, channels: readonly string[]): Obstacle {
  if (channels.length === 0) {
    return {
      code: "slack-not-connected",
      message: `Slack is not connected to this organization, so "${name}" cannot be alerted`,
      hint: "Connect it in Anomify",
    };
  }
  const suggestion = didYouMean(name, channels).trim();
  return {
    code: "no-such-channel",
    message: `Slack channel "${name}" is not connected to this organization`,
    hint: suggestion === "" ? "Connect it in Anomify first" : suggestion,
  };
}
