import { findPerson } from "../../../domain/people/person.ts";
import { notAMember } from "../../../domain/people/reachability.ts";
import { didYouMean } from "../../../domain/text/did-you-mean.ts";
import { type LiveUser, replyTime, unlessLittle, writeTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { orGone } from "../../runtime/create/create-object.ts";
import { labelOf, type Written } from "../../runtime/definition.ts";
import { isHeldByAnother } from "../singleton.ts";
import { hasValue, warnOfUnsaid } from "../unsaid.ts";
import type { UserComputed, UserInputs } from "./fields.ts";
import { fromLive, toParams } from "./wire.ts";

export const label = (inputs: Partial<UserInputs>) => labelOf("User", inputs.email);

type Outputs = UserInputs & UserComputed;

/** Adopts a member: the API has no call that adds one. */
export async function create(org: Organization, inputs: UserInputs): Promise<Written<UserInputs, UserComputed>> {
  const users = (await org.lists.users()).items;
  const found = findPerson(users, inputs.email);
  if (found === undefined) throw new Error(refusal(inputs.email, users));
  return await org.claims.holding(`user:${found.id}`, "this person", async () => ({
    id: String(found.id),
    outputs: await update(org, String(found.id), inputs),
  }));
}

export async function update(org: Organization, id: string, inputs: UserInputs): Promise<Outputs> {
  try {
    const reply = await unlessLittle(org.api.user.update({ user_id: Number(id), ...toParams(inputs) }));
    const lastWrite = reply === undefined ? writeTime() : replyTime(reply);
    org.claims.wrote(`user:${id}`, lastWrite);
    // What the reply does not say is what was sent.
    if (reply === undefined) return { ...inputs, userId: Number(id), lastWrite };
    return { ...fromLive(reply.data.user, inputs), lastWrite };
  } finally {
    org.lists.invalidate("users");
  }
}

export async function read(org: Organization, id: string, recorded: Outputs | undefined): Promise<Outputs | undefined> {
  const snapshot = await org.lists.visible("users");
  if (org.isStale(snapshot, recorded, label(recorded ?? {}))) return recorded;
  const live = snapshot.items.find((candidate) => String(candidate.id) === id);
  if (live === undefined) org.assertAbsent(snapshot);
  else {
    warnOfUnsaid(org, label(live), {
      phone_number: { live: live.phone_number, isRecorded: hasValue(recorded?.phoneNumber) },
      slack_member_id: { live: live.slack_member_id, isRecorded: hasValue(recorded?.slackMemberId) },
      email_alerts: { live: live.notifications?.email_alerts, isRecorded: hasValue(recorded?.emailAlerts) },
    });
  }
  return live && { ...fromLive(live, recorded), lastWrite: recorded?.lastWrite ?? snapshot.takenAt };
}

export async function remove(org: Organization, id: string, recorded: Outputs): Promise<void> {
  if (await isHeldByAnother(org, `user:${id}`, { label: label(recorded), lastWrite: recorded.lastWrite })) return;
  if (recorded.onDelete !== "remove") return;
  await orGone(org.api.user.delete({ user_id: Number(id) })).finally(() => org.lists.invalidate("users"));
}

/** Why a person cannot be adopted. */
export function refusal(email: string, users: readonly LiveUser[]): string {
  const { code, message } = notAMember(email, users);
  if (code === "person-ambiguous") return `${message}. Give one of them another address in Anomify`;
  const hint = didYouMean(
    email,
    users.map((candidate) => candidate.email),
  );
  return `${message}, and the API has no way to add one. Invite them in Anomify first, then run pulumi up again.${hint}`;
}
