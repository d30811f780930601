import { z } from "zod";
import { describe } from "../../domain/diagnostics/diagnostic.ts";
import { comparable, findPerson } from "../../domain/people/person.ts";
import { notAMember, notConnected } from "../../domain/people/reachability.ts";
import { bareChannel } from "../../domain/text/channel-name.ts";
import type { LiveChannel, LiveUser } from "../organization/live.ts";
import { text } from "./arguments.ts";
import type { GetChannelArgs, GetChannelResult, GetUserArgs, GetUserResult } from "./results.ts";
import type { Source } from "./source.ts";

export const getUserArguments = z.strictObject({
  email: text.optional(),
  id: z.int("must be a numeric user id").optional(),
});
export const getChannelArguments = z.strictObject({ name: text });

export async function getUsers({ org }: Source): Promise<GetUserResult[]> {
  return (await org.lists.users()).items.map(describeUser);
}

export async function getUser({ org }: Source, { email, id }: GetUserArgs): Promise<GetUserResult> {
  if ((email === undefined) === (id === undefined)) throw new Error("needs either email or id, and not both");
  const users = (await org.lists.users()).items;
  const wanted = email?.trim().toLowerCase();
  const found = findPerson(users, wanted ?? id ?? 0);
  if (found !== undefined) return describeUser(found);
  if (wanted === undefined)
    throw new Error(`nobody in this Anomify organization has the id ${id}. Check it in Anomify`);
  throw new Error(describe(notAMember(wanted, users)));
}

function describeUser({ id, email, name, phone_number, slack_member_id, admin }: LiveUser): GetUserResult {
  const reachedBy = { phoneNumber: phone_number || null, slackMemberId: slack_member_id || null };
  return { id, email: comparable(email), name, ...reachedBy, admin: admin ?? false };
}

export async function getChannels({ org }: Source): Promise<GetChannelResult[]> {
  return (await org.lists.channels()).items.map(describeChannel);
}

export async function getChannel({ org }: Source, { name }: GetChannelArgs): Promise<GetChannelResult> {
  const wanted = bareChannel(name.trim());
  const channels = (await org.lists.channels()).items;
  const found = channels.find((channel) => channel.name.trim() === wanted);
  if (found !== undefined) return describeChannel(found);
  const names = channels.map((channel) => channel.name);
  throw new Error(describe(notConnected(wanted, names)));
}

const describeChannel = ({ id, name, private: isPrivate }: LiveChannel): GetChannelResult => ({
  // Where Anomify gives no id, a channel is known by its name alone.
  id: id ?? name,
  name,
  private: isPrivate ?? false,
});
