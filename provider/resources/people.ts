import { describe } from "../../domain/diagnostics/diagnostic.ts";
import { areSamePeople, comparable, findPerson, type Member, type Person } from "../../domain/people/person.ts";
import { notAMember } from "../../domain/people/reachability.ts";
import { AnomifyError } from "../../sdk/index.ts";
import type { LiveUser } from "../organization/live.ts";
import type { Organization } from "../organization/organization.ts";
import { type Failure, messageOf } from "../runtime/messages.ts";

/** People and channels by name ⇄ what the wire wants. Look-ups are cached by the organization. */

/** The id of each person. @throws Error naming everybody who is not a member */
export async function personIds(org: Organization, people: readonly Person[]): Promise<number[]> {
  if (people.every((who) => typeof who === "number")) return [...people] as number[];
  const users = (await org.lists.users()).items;
  const found = people.map((who) => ({ who, user: findPerson(users, who) }));
  const missing = found.filter(({ user }) => user === undefined).map(({ who }) => who);
  if (missing.length > 0) throw new Error(missing.map((who) => describe(notAMember(who, users))).join(" "));
  return found.flatMap(({ user }) => (user === undefined ? [] : [user.id]));
}

/** The members of an organization, as the rules on recipients want them. */
export async function membersOf(org: Organization): Promise<Member[]> {
  return (await org.lists.users()).items.map(memberOf);
}

function memberOf({ id, email, phone_number, slack_member_id }: LiveUser): Member {
  return { id, email, phoneNumber: phone_number, slackMemberId: slack_member_id };
}

/** People in the form in which the record has them: ids stay ids, all others are named by e-mail address. */
export async function describePeople(org: Organization, ids: readonly number[], recorded: unknown): Promise<Person[]> {
  if (ids.length === 0) return [];
  // Whatever a state says that is no list names nobody by id.
  const known: readonly unknown[] = Array.isArray(recorded) ? recorded : [];
  const users = (await org.lists.users()).items;
  return ids.map((id) => {
    const user = users.find((candidate) => candidate.id === id);
    // An address that two members have says nothing: their alerts would move from one to the other.
    const isPlain = user !== undefined && findPerson(users, user.email) !== undefined;
    return known.includes(id) || !isPlain ? id : comparable(user.email);
  });
}

/** Whether two lists name the same people, one by id and the other by e-mail address. */
export async function samePeople(org: Organization, a: unknown, b: unknown): Promise<boolean> {
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  // In a state that was edited may be what is nobody.
  if (![...a, ...b].every((who) => typeof who === "number" || typeof who === "string")) return false;
  const mixed = [...a, ...b].some((who) => typeof who === "number");
  if (!mixed) return false;
  return areSamePeople((await org.lists.users()).items, a as Person[], b as Person[]);
}

/**
 * A look-up that fails for lack of network does not fail the preview: it is reported, and the write will find out. With
 * `strict` it is a mistake like any other.
 */
export async function offlineTolerant(
  org: Organization,
  what: string,
  look: () => Promise<Failure[]>,
): Promise<Failure[]> {
  try {
    return await look();
  } catch (error) {
    const offline = error instanceof AnomifyError && ["NetworkError", "TimeoutError"].includes(error.name);
    if (offline && !org.settings.strict) {
      org.reporter.warn(`Anomify could not be asked about ${what}, so they are not checked now. ${messageOf(error)}`);
      return [];
    }
    return [{ property: "", reason: messageOf(error), isUnchecked: true }];
  }
}
