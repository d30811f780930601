import { findPerson, type Person } from "../people/person.ts";
import {
  type ContactWay,
  channelObstacle,
  contactObstacle,
  notAMember,
  type Obstacle,
} from "../people/reachability.ts";
import type { Facts, Finding } from "./diagnostic.ts";

/** One list of people in a resource, and the way in which it notifies them. */
export interface PeopleList {
  readonly property: string;
  readonly people: readonly Person[] | null | undefined;
  readonly way: ContactWay;
}

/** What a diagnostic can be made of: e-mail alerts that somebody has switched off are their own choice. */
const isFinding = (obstacle: Obstacle): obstacle is Obstacle & Pick<Finding, "code"> =>
  obstacle.code !== "email-alerts-off";

/** People who are unknown, or who cannot be reached in the way that is asked. */
export function judgePeople({ people: members }: Facts, lists: readonly PeopleList[]): Finding[] {
  if (members === undefined) return [];
  return lists.flatMap(({ property, people, way }) =>
    // The whole list is named: it is in normal order here, so a place in it is not the place in the program.
    (people ?? []).flatMap((who) => {
      const member = findPerson(members, who);
      return found(property, member === undefined ? notAMember(who, members) : contactObstacle(who, member, way));
    }),
  );
}

/** A channel that the organization does not have. */
export function judgeChannel({ channels }: Facts, property: string, name: string | null | undefined): Finding[] {
  if (!name || channels === undefined) return [];
  return found(property, channelObstacle(name, channels));
}

function found(property: string, obstacle: Obstacle | undefined): Finding[] {
  if (obstacle === undefined || !isFinding(obstacle)) return [];
  const { code, message, hint } = obstacle;
  return [{ code, property, message, hint }];
}
