import type { LiveUser } from "../../provider/organization/live.ts";
import type { Person } from "../../provider/resources/fields.ts";
import { findPerson } from "../../provider/resources/people.ts";
import { didYouMean } from "../../provider/runtime/messages.ts";
import type { Facts, Finding } from "./problem.ts";

/** One list of people in a resource, and by which way it reaches them. */
export interface PeopleList {
  readonly property: string;
  readonly people: readonly Person[] | null | undefined;
  readonly by: "email" | "sms" | "mention";
}

/** People who are unknown, or who cannot be reached in the way that is asked. */
export function judgePeople({ people: members }: Facts, lists: readonly PeopleList[]): Finding[] {
  if (members === undefined) return [];
  return lists.flatMap(({ property, people, by }) =>
    // The whole list is named: it is in normal order here, so a place in it is not the place in the program.
    (people ?? []).flatMap((who) => judgePerson(members as readonly LiveUser[], who, by, property)),
  );
}

function judgePerson(members: readonly LiveUser[], who: Person, by: PeopleList["by"], property: string): Finding[] {
  const member = findPerson(members, who);
  if (member === undefined) {
    const addresses = members.map(({ email }) => email);
    const hint = typeof who === "number" ? "" : didYouMean(who, addresses);
    const next = hint || " Invite them in Anomify first.";
    return [{ code: "person-left", property, text: `${who} is not in this Anomify organization.${next}` }];
  }
  if (by === "sms" && !member.phone_number) {
    const text = `${who} has no phone number, so no SMS can reach them. Set one in Anomify or with anomify.User`;
    return [{ code: "no-phone-number", property, text }];
  }
  if (by === "mention" && !member.slack_member_id) {
    const text = `${who} has no Slack member id, so they cannot be mentioned. Set one in Anomify or with anomify.User`;
    return [{ code: "no-slack-member-id", property, text }];
  }
  return [];
}

/** A channel that the organization does not have. */
export function judgeChannel({ channels }: Facts, property: string, name: string | null | undefined): Finding[] {
  if (!name || channels === undefined || channels.includes(name)) return [];
  if (channels.length === 0) {
    const text = `Slack is not connected to this organization, so "${name}" cannot be alerted. Connect it in Anomify`;
    return [{ code: "slack-not-connected", property, text }];
  }
  const next = didYouMean(name, channels);
  return [
    {
      code: "no-such-channel",
      property,
      text: `Slack channel "${name}" is not connected to this organization.${next}`,
    },
  ];
}
