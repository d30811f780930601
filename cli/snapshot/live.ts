import type { Member } from "../../domain/people/person.ts";
import { comparable } from "../../domain/people/person.ts";
import { roleOf } from "../../provider/catalog.ts";
import { readInventory } from "../../provider/inventory.ts";
import type { LiveWatcher } from "../../provider/organization/live.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import { ruleFromLive } from "../../provider/resources/threshold-watcher/wire.ts";
import { fromLive } from "../../provider/resources/watcher/wire.ts";
import type { ComparedObject } from "../compare/objects.ts";
import { watcherKind } from "./take.ts";

/** An organization as it is now, with all that a plan needs to know. */
export interface LiveOrganization {
  readonly organization: { readonly id: number; readonly name: string };
  readonly takenAt: number;
  readonly live: boolean;
  readonly objects: readonly ComparedObject[];
  /** Softly deleted watchers, with what they would come back with. */
  readonly deleted: readonly ComparedObject[];
  readonly people: readonly Member[];
  readonly channels: readonly string[];
}

/** Reads it afresh: nothing of what was read before is used. */
export async function readLive(org: Organization): Promise<LiveOrganization> {
  org.lists.invalidate("watchers", "exclusions", "users", "channels", "adminAlerts", "org");
  const { objects, ...inventory } = await readInventory(org);
  const deleted = (await org.lists.watchers()).items.filter((live) => live.deleted);
  return {
    ...inventory,
    objects,
    deleted: await Promise.all(deleted.map((live) => deletedWatcher(org, live))),
    people: (await org.lists.users()).items.map((user) => ({
      id: user.id,
      email: comparable(user.email),
      phoneNumber: user.phone_number,
      slackMemberId: user.slack_member_id,
    })),
    channels: (await org.lists.channels()).items.map(({ name }) => name),
  };
}

async function deletedWatcher(org: Organization, live: LiveWatcher): Promise<ComparedObject> {
  const { watcherId: _id, ...inputs } = await fromLive(org, live, {});
  const threshold = ruleFromLive(live);
  const kind = watcherKind(live.type);
  return { kind, id: String(live.id), inputs: roleOf(kind) === "watcher" ? inputs : { ...inputs, threshold } };
}
