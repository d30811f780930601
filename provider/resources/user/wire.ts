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
  const all = {
    name: live.name,
    phoneNumber: said(live.phone_number, recorded?.phoneNumber),
    slackMemberId: said(live.slack_member_id, recorded?.slackMemberId),
    emailAlerts: said(live.notifications?.email_alerts, recorded?.emailAlerts),
  };
  return {
    email: live.email.toLowerCase(),
    ...onlyManaged(all, recorded),
    onDelete: recorded?.onDelete ?? defaultOf(userInputs.onDelete),
    userId: live.id,
  };
}
