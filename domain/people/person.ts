/** A person as programs name them: an e-mail address in lower case, or a numeric user id. */
export type Person = string | number;

/** A member of an organization. */
export interface Member {
  readonly id: number;
  readonly email: string;
  /** Null or empty when there is none. */
  readonly phoneNumber: string | null;
  /** Null or empty when there is none. */
  readonly slackMemberId: string | null;
}

type Identified = Pick<Member, "id" | "email">;

/** The member whom a program names; undefined when there is none. */
export function findPerson<One extends Identified>(members: readonly One[], who: Person): One | undefined {
  return members.find((member) => (typeof who === "number" ? member.id === who : member.email.toLowerCase() === who));
}

/** Whether two lists name the same people, one by id and the other by e-mail address. */
export function areSamePeople(
  members: readonly Identified[],
  left: readonly Person[],
  right: readonly Person[],
): boolean {
  const ids = (list: readonly Person[]) => list.map((who) => findPerson(members, who)?.id ?? who).sort();
  return JSON.stringify(ids(left)) === JSON.stringify(ids(right));
}
