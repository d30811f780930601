import type { EqualCreates } from "../../organization/equal-creates.ts";
import type { Organization } from "../../organization/organization.ts";
import {
  deadlineOf,
  isMade,
  lookFor,
  type Made,
  type OnceWrite,
  PATIENCE_MILLISECONDS,
  pendingFailure,
} from "./find-created.ts";
import type { CreateJournal, Entry } from "./intent-log.ts";

/** The resource of a create, and where the create is noted in case the process is killed. */
export interface Noted {
  readonly urn: string;
  /** All its inputs, as text. */
  readonly inputs: string;
  readonly journal: CreateJournal;
}

/**
 * Notes a create before it is sent; undefined when it cannot be noted.
 *
 * @param id of an object that exists and is to become the resource's
 */
export async function note<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  noted: Noted | undefined,
  others: readonly number[],
  id?: number,
): Promise<Entry | undefined> {
  if (noted === undefined) return undefined;
  const until = deadlineOf(org) + org.settings.timeoutSeconds;
  const { kind, key } = write;
  const { urn, inputs, journal } = noted;
  return await journal.begin(org.settings, { urn, inputs, kind, key, until, others, id });
}

/**
 * Looks for what an earlier process has made of this resource before it was killed. It is known by its id, where the reply
 * had come; else as the object of a lost reply is. Undefined when there is nothing.
 *
 * @throws PartialFailure when it cannot be told: the resource is then recorded as pending
 */
export async function findLeft<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  noted: Noted | undefined,
  twins: EqualCreates,
): Promise<Made<Item> | undefined> {
  const { kind, key } = write;
  const entry = noted?.journal.find(org.settings, { urn: noted.urn, kind, key });
  if (entry === undefined) return undefined;
  const { id, others } = entry;
  const meant = id === undefined ? write : { ...write, matches: (item: Item) => item.id === id && !write.isGone(item) };
  // A process that is gone sends nothing any more; one that may live has its own time limit.
  const after = entry.isOver ? Math.min(entry.until, deadlineOf(org)) : entry.until;
  const seen = await lookFor(org, meant, { known: new Set(others), after, patience: PATIENCE_MILLISECONDS });
  if (seen === "absent") {
    await entry.end();
    return undefined;
  }
  if (!isMade(seen)) {
    twins.lost = true;
    throw pendingFailure(
      kind,
      { after, others },
      new Error("An earlier run was killed after it had sent the request."),
    );
  }
  // Noted until a state is seen to have it: this process may be killed as well.
  await entry.made(seen.item.id);
  if (await write.matches(seen.item)) return seen;
  if (write.update) return await write.update(seen.item.id);
  throw new Error(
    `an earlier run was killed after it had made ${kind} ${seen.item.id}, which was changed since. Delete it in Anomify, or declare what it has and set adopt: "${seen.item.id}"`,
  );
}
