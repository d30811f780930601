import { setTimeout as wait } from "node:timers/promises";
import { AnomifyError, NotFoundError } from "../../sdk/index.ts";
import { PartialFailure } from "./define.ts";
import { messageOf } from "./messages.ts";
import type { Organization, Snapshot, Twins } from "./organization.ts";

/** A write that must not be repeated blindly, and how its object is recognized should the reply be lost. */
export interface OnceWrite<Item extends { id: number }> {
  /** Prefix of the claim, such as `watcher`. */
  readonly kind: string;
  /** All that makes the object what it is, as text: equal for equal objects. */
  readonly key: string;
  readonly list: () => Promise<Snapshot<Item>>;
  /** Drops the cached list, so that `list` asks again. */
  readonly outdate: () => void;
  /** Whether the object is, property by property, the one that was to be made. */
  matches(item: Item): Promise<boolean> | boolean;
  readonly send: () => Promise<Made<Item>>;
}

/** An object, and the time on the service's clock that its description stands for. */
export interface Made<Item> {
  readonly item: Item;
  readonly at: number;
}

/** What is recorded of a create that may have worked, in the output `pending`: enough to tell later. */
export interface Pending {
  /** Unix seconds, service clock: a list from later than this shows the object, or proves that there is none. */
  readonly after: number;
  /** Ids of objects that are equal, yet not it. */
  readonly others: readonly number[];
}

/** Lets an operation that is stopped from outside record the write that is under way. */
export interface Sending {
  /** Set while a write may have worked whose outcome is not known. */
  lost?: (cause: unknown) => Promise<PartialFailure>;
}

/** What looking for a lost object found: it, proof that there is none, several, or nothing that tells. */
export type Sighting<Item> = Made<Item> | "absent" | "unknown" | { readonly several: readonly number[] };

/** Start of the id that a resource has in the state while nobody knows whether its object exists. */
export const PENDING_ID = "pending:";
/** Seconds that a service may take to carry out a request whose connection is gone, whole-second rounding included. */
const MARGIN_SECONDS = 2;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 2_000;

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
  const before = await org.baseline(write.kind, write.list);
  return await org.alone(`${write.kind} ${write.key}`, async (twins) => {
    if (twins.lost) throw new Error("not sent: an equal one may or may not have been created. Run pulumi up again");
    const known = new Set([...before.items.map(({ id }) => id), ...twins.made]);
    sending.lost = async (cause) => {
      twins.lost = true;
      return pendingFailure(write.kind, { after: deadlineOf(org), others: await equals(write, before, twins) }, cause);
    };
    try {
      const made = await send(org, write, { known, twins, lost: sending.lost });
      org.claim(`${write.kind}:${made.item.id}`);
      twins.made.add(made.item.id);
      return made;
    } finally {
      delete sending.lost;
      write.outdate();
    }
  });
}

async function send<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  { known, twins, lost }: { known: ReadonlySet<number>; twins: Twins; lost: NonNullable<Sending["lost"]> },
): Promise<Made<Item>> {
  try {
    return await write.send();
  } catch (error) {
    if (!(error instanceof AnomifyError) || error.outcome !== "unknown") throw error;
    const failure = await lost(error);
    const { after } = failure.outputs.pending as Pending;
    const patience = Math.min(org.settings.timeoutSeconds * 250, 30_000);
    const seen = await lookFor(org, write, { known, after, patience });
    if (isMade(seen)) return seen;
    if (seen !== "absent") throw failure;
    twins.lost = false;
    throw new Error(
      `not created: the request failed, and the list read after it does not have it. Run pulumi up again. ${messageOf(error)}`,
    );
  } finally {
    write.outdate();
  }
}

/** How to look for the object of a write that may have worked. */
interface Search {
  /** Ids of objects that are not it. */
  readonly known: ReadonlySet<number>;
  /** Unix seconds, service clock: only a list from later than this proves that there is no such object. */
  readonly after: number;
  /** Milliseconds to go on while the lists do not tell. */
  readonly patience: number;
}

/** Looks for the object of a write that may have worked, again and again until a list tells. */
export async function lookFor<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  search: Search,
): Promise<Sighting<Item>> {
  const giveUp = performance.now() + Math.min(search.patience, org.settings.timeoutSeconds * 250);
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    write.outdate();
    const seen = await sighting(org, write, search);
    if (seen !== "unknown" || performance.now() + pause > giveUp) return seen;
    await wait(pause);
  }
}

async function sighting<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  { known, after }: Search,
): Promise<Sighting<Item>> {
  try {
    const { items, takenAt } = await write.list();
    const found: Item[] = [];
    for (const item of items) {
      const isNew = !known.has(item.id) && !org.isClaimed(`${write.kind}:${item.id}`);
      if (isNew && (await write.matches(item))) found.push(item);
    }
    const [only] = found;
    if (only === undefined) return takenAt > after ? "absent" : "unknown";
    return found.length === 1 ? { item: only, at: takenAt } : { several: found.map(({ id }) => id) };
  } catch (error) {
    // The list may fail for the same reason as the write did. That tells nothing.
    if (error instanceof AnomifyError) return "unknown";
    throw error;
  }
}

export const isMade = <Item>(seen: Sighting<Item>): seen is Made<Item> => typeof seen === "object" && "item" in seen;

/** When the request has taken effect at the latest, if ever. */
const deadlineOf = (org: Organization) => Math.ceil(org.serviceTime()) + MARGIN_SECONDS;

/** Ids of objects that were there before and look like the one to be made. */
async function equals<Item extends { id: number }>(
  write: OnceWrite<Item>,
  before: Snapshot<Item>,
  { made }: { readonly made: ReadonlySet<number> },
): Promise<number[]> {
  const ids = new Set(made);
  for (const item of before.items) {
    const equal = await Promise.resolve(write.matches(item)).catch(() => true);
    if (equal) ids.add(item.id);
  }
  return [...ids].sort((left, right) => left - right);
}

function pendingFailure(kind: string, pending: Pending, cause: unknown): PartialFailure {
  return new PartialFailure(
    `may or may not have been created: the request failed, and no list of Anomify tells yet. It is recorded as pending: run pulumi up again, or pulumi refresh, and it is looked for before anything is sent. ${messageOf(cause)}`,
    `${PENDING_ID}${kind}:${pending.after}`,
    { pending },
  );
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
