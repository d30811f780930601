import { setTimeout as wait } from "node:timers/promises";
import { AnomifyError } from "../../../sdk/index.ts";
import type { Snapshot } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { PartialFailure } from "../define.ts";
import { messageOf } from "../messages.ts";

/** A write that must not be repeated blindly, and how its object is recognized should the reply be lost. */
export interface OnceWrite<Item extends { id: number }> {
  /** Prefix of the claim, such as `watcher`. */
  readonly kind: string;
  /** What the resource is called in messages. */
  readonly label: string;
  /** All that makes the object what it is, as text: equal for equal objects. */
  readonly key: string;
  readonly list: () => Promise<Snapshot<Item>>;
  /** Drops the cached list, so that `list` asks again. */
  readonly outdate: () => void;
  /** Whether the object is, property by property, the one that was to be made. */
  matches(item: Item): Promise<boolean> | boolean;
  /** Whether an item of the list stands for no object any more. */
  isGone(item: Item): boolean;
  /** Makes an object that is certainly the resource's what it is to be, where that can be done. */
  readonly update?: (id: number) => Promise<Made<Item>>;
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

/** What looking for a lost object found: it, proof that there is none, several, or nothing that tells. */
export type Sighting<Item> = Made<Item> | "absent" | "unknown" | { readonly several: readonly number[] };

/** Start of the id that a resource has in the state while nobody knows whether its object exists. */
export const PENDING_ID = "pending:";
/** Seconds that a service may take to carry out a request whose connection is gone, whole-second rounding included. */
const MARGIN_SECONDS = 2;
/** How long to go on looking in the run that sent the write, or that comes after one that was killed. */
export const PATIENCE_MILLISECONDS = 30_000;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 2_000;

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
      const isNew = !known.has(item.id) && !org.claims.isClaimed(`${write.kind}:${item.id}`);
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
export const deadlineOf = (org: Organization) => Math.ceil(org.clock.now()) + MARGIN_SECONDS;

/** Ids of objects that were there before and look like the one to be made. */
export async function equals<Item extends { id: number }>(
  write: OnceWrite<Item>,
  before: Snapshot<Item>,
  { made }: { readonly made: ReadonlySet<number> },
): Promise<number[]> {
  const ids = new Set(made);
  for (const item of before.items) {
    const answer = write.matches(item);
    if (answer === false) continue;
    if (answer === true || (await answer.catch(() => true))) ids.add(item.id);
  }
  return [...ids].sort((left, right) => left - right);
}

export function pendingFailure(kind: string, pending: Pending, cause: unknown): PartialFailure {
  return new PartialFailure(
    `may or may not have been created: the request failed, and no list of Anomify tells yet. It is recorded as pending: run pulumi up again, or pulumi refresh, and it is looked for before anything is sent. ${messageOf(cause)}`,
    `${PENDING_ID}${kind}:${pending.after}`,
    { pending },
  );
}
