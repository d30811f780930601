/** A person as programs name them: an e-mail address in lower case, or a numeric user id. */
export type Person = string | number;

/** A member of an organization. */
export interface Member {
  readonly id: number;
  readonly email: string;
  /** Null or empty when there is none; undefined where it is not known. */
  readonly phoneNumber: string | null | undefined;
  /** Null or empty when there is none; undefined where it is not known. */
  readonly slackMemberId: string | null | undefined;
}

/** Who somebody is; an id of null is not known. */
export type Identified = { readonly id: number | null; readonly email: string };

/** An address in the form in which addresses are compared: case and Unicode form mean nothing. */
export const comparable = (email: string): string => email.normalize("NFC").toLowerCase();

/** Everybody whom a name may mean: two members whose addresses differ by case alone are both meant. */
export function findPeople<One extends Identified>(members: readonly One[], who: Person): One[] {
  if (typeof who === "number") return members.filter(({ id }) => id === who);
  const wanted = comparable(who);
  return members.filter(({ email }) => comparable(email) === wanted);
}

/** The one member whom a program names; undefined when there is none, or several. */
export function findPerson<One extends Identified>(members: readonly One[], who: Person): One | undefined {
  const [found, ...others] = findPeople(members, who);
  return others.length > 0 ? undefined : found;
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
