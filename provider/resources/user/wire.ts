import { comparable } from "../../../domain/people/person.ts";
import type { LiveUser } from "../../organization/live.ts";
import { defaultOf } from "../fields.ts";
import { managed, onlyManaged } from "../singleton.ts";
import { said } from "../unsaid.ts";
import { type UserComputed, type UserInputs, userInputs } from "./fields.ts";

/** A person ⇄ the wire. */

/** Request parameters of what the program manages. */
export function toParams({ name, phoneNumber, slackMemberId, emailAlerts }: UserInputs) {
  return managed({
    name,
    phone_number: phoneNumber,
    slack_member_id: slackMemberId,
    email_alerts: emailAlerts,
  });
}

/** Live person → inputs in normal form, those alone that the record manages. */
export function fromLive(
  live: LiveUser,
  recorded: Partial<UserInputs> | undefined,
): UserInputs & Pick<UserComputed, "userId"> {
  // Of what is managed, an empty text says that there is none; null is left for what is not managed.
  const none = recorded === undefined ? null : "";
  const all = {
    name: live.name,
    phoneNumber: said(live.phone_number, recorded?.phoneNumber) ?? none,
    slackMemberId: said(live.slack_member_id, recorded?.slackMemberId) ?? none,
    emailAlerts: said(live.notifications?.email_alerts, recorded?.emailAlerts),
  };
  return {
    email: comparable(live.email),
    ...onlyManaged(all, recorded),
    onDelete: recorded?.onDelete ?? defaultOf(userInputs.onDelete),
    userId: live.id,
  };
}
