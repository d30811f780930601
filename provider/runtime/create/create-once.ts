import { AnomifyError, NotFoundError } from "../../../sdk/index.ts";
import type { EqualCreates } from "../../organization/equal-creates.ts";
import type { Snapshot } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import type { PartialFailure } from "../define.ts";
import { messageOf } from "../messages.ts";
import {
  deadlineOf,
  equals,
  isMade,
  lookFor,
  type Made,
  type OnceWrite,
  PATIENCE_MILLISECONDS,
  type Pending,
  pendingFailure,
} from "./find-created.ts";
import { findLeft, type Noted, note } from "./recover.ts";

/** What outlives an operation that is stopped from outside: the write that is under way is recorded. */
export interface Sending {
  /** The resource, and where its create is noted in case the process is killed; absent when it is not known which it is. */
  noted?: Noted | undefined;
  /** Set while a write may have worked whose outcome is not known. */
  lost?: (cause: unknown) => Promise<PartialFailure>;
}

/**
 * Sends the write once. When its reply is lost, the object is looked for: it is ours when it was not there before, nobody of
 * this program has it, and every property agrees. A name alone is never enough, and the write is never sent a second time.
 *
 * @throws PartialFailure when it cannot be told whether the object exists: the record says how to tell later
 */
export async function createOnce<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  sending: Sending = {},
): Promise<Made<Item>> {
  const before = await org.lists.baseline(write.kind, write.list);
  return await org.locks.withLock(`${write.kind} ${write.key}`, async (twins) => {
    if (twins.lost) throw new Error("not sent: an equal one may or may not have been created. Run pulumi up again");
    const left = await findLeft(org, write, sending.noted, twins);
    const made = left ?? (await makeNew(org, write, { before, twins, sending }));
    org.claims.claim(`${write.kind}:${made.item.id}`);
    twins.made.add(made.item.id);
    return made;
  });
}

/** What a process that was killed has made of a resource, if anything: it is then this resource's. @throws as `createOnce` */
export async function takeLeft<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  sending: Sending = {},
): Promise<Made<Item> | undefined> {
  return await org.locks.withLock(`${write.kind} ${write.key}`, async (twins) => {
    const left = await findLeft(org, write, sending.noted, twins);
    if (left) org.claims.claim(`${write.kind}:${left.item.id}`);
    return left;
  });
}

interface Surroundings<Item> {
  readonly before: Snapshot<Item>;
  readonly twins: EqualCreates;
  readonly sending: Sending;
}

async function makeNew<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  { before, twins, sending }: Surroundings<Item>,
): Promise<Made<Item>> {
  const known = new Set([...before.items.map(({ id }) => id), ...twins.made]);
  const others = await equals(write, before, twins);
  tellOfEqual(org, write, others);
  const entry = await note(org, write, sending.noted, others);
  sending.lost = async (cause) => {
    twins.lost = true;
    return pendingFailure(write.kind, { after: deadlineOf(org), others }, cause);
  };
  try {
    const made = await send(org, write, { known, twins, lost: sending.lost });
    await entry?.made(made.item.id);
    return made;
  } catch (error) {
    if (!twins.lost) await entry?.end();
    throw error;
  } finally {
    delete sending.lost;
    write.outdate();
  }
}

/**
 * Where nothing could be noted, this is all that is left of a create whose process was killed. It may as well be somebody
 * else's on purpose: so it is told of, and never taken over.
 */
function tellOfEqual<Item extends { id: number }>(
  org: Organization,
  { kind, label }: OnceWrite<Item>,
  others: readonly number[],
): void {
  const [id] = others.filter((other) => !org.claims.isClaimed(`${kind}:${other}`));
  if (id === undefined) return;
  const way = `If a run that was killed has made it, take it over with adopt: "${id}"`;
  if (org.settings.strict) throw new Error(`Anomify has an equal ${kind} already (id ${id}). ${way}, or delete it`);
  org.reporter.warn(
    `${label}: Anomify had an equal ${kind} already (id ${id}). ${way} and delete the new one, or delete it.`,
  );
}

async function send<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  { known, twins, lost }: { known: ReadonlySet<number>; twins: EqualCreates; lost: NonNullable<Sending["lost"]> },
): Promise<Made<Item>> {
  try {
    return await write.send();
  } catch (error) {
    if (!(error instanceof AnomifyError) || error.outcome !== "unknown") throw error;
    const failure = await lost(error);
    const { after } = failure.outputs.pending as Pending;
    const seen = await lookFor(org, write, { known, after, patience: PATIENCE_MILLISECONDS });
    if (seen !== "absent" && !isMade(seen)) throw failure;
    twins.lost = false;
    if (isMade(seen)) return seen;
    throw new Error(
      `not created: the request failed, and the list read after it does not have it. Run pulumi up again. ${messageOf(error)}`,
    );
  } finally {
    write.outdate();
  }
}

/**
 * Waits for a deletion: what is gone already counts as deleted. Only the API's own word for that counts; a page of
 * something in between, such as a proxy, proves nothing.
 */
export async function orGone(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
