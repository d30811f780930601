import { setTimeout as wait } from "node:timers/promises";
import { AnomifyError, NotFoundError } from "../../sdk/index.ts";
import { messageOf } from "./messages.ts";
import type { Organization, Snapshot } from "./organization.ts";

/** A write that must not be repeated blindly, and how its object is recognized should the reply be lost. */
export interface OnceWrite<Item extends { id: number }> {
  /** What the object is called in messages, such as `Watcher "CPU idle"`. */
  readonly label: string;
  /** Prefix of the claim, such as `watcher`. */
  readonly kind: string;
  readonly list: () => Promise<Snapshot<Item>>;
  /** Drops the cached list, so that `list` asks again. */
  readonly outdate: () => void;
  /** Whether the object is, property by property, the one that was to be made. */
  readonly matches: (item: Item) => Promise<boolean> | boolean;
  readonly send: () => Promise<{ item: Item; at: number }>;
}

const POLL_MILLISECONDS = 2_000;

/**
 * Sends the write once. When its reply is lost, the object is looked for: it is ours when it was not there before, nobody of
 * this program has it, and every property agrees. A name alone is never enough, and the write is never sent a second time.
 */
export async function createOnce<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
): Promise<{ item: Item; at: number }> {
  const before = await org.baseline(write.kind, write.list);
  const startedAt = Math.floor(Date.now() / 1000);
  try {
    const made = await write.send();
    org.claim(`${write.kind}:${made.item.id}`);
    return made;
  } catch (error) {
    if (!(error instanceof AnomifyError) || error.outcome !== "unknown") throw error;
    return await findLost(org, write, before, startedAt, error);
  } finally {
    write.outdate();
  }
}

async function findLost<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  before: ReadonlySet<number>,
  startedAt: number,
  cause: AnomifyError,
): Promise<{ item: Item; at: number }> {
  const giveUp = Date.now() + Math.min(org.settings.timeoutSeconds * 250, 30_000);
  for (;;) {
    write.outdate();
    const snapshot = await write.list();
    const found = await matching(org, write, before, snapshot.items);
    const [only] = found;
    if (only !== undefined && found.length === 1 && org.claim(`${write.kind}:${only.id}`)) {
      return { item: only, at: snapshot.takenAt };
    }
    if (found.length > 1) {
      const ids = found.map((item) => item.id).join(", ");
      throw new Error(
        `${write.label}: the reply was lost, and ${found.length} new objects look like it (ids ${ids}). Delete the superfluous ones in Anomify, then run pulumi up again. ${messageOf(cause)}`,
      );
    }
    if (snapshot.live || snapshot.takenAt > startedAt + 1) {
      throw new Error(
        `${write.label}: not created: the request failed, and the list read after it does not have it. Run pulumi up again. ${messageOf(cause)}`,
      );
    }
    if (Date.now() > giveUp) {
      throw new Error(
        `${write.label}: may or may not have been created: the request failed, and Anomify still answers with a list from before it. Look for it in Anomify before you run pulumi up again. ${messageOf(cause)}`,
      );
    }
    await wait(POLL_MILLISECONDS);
  }
}

async function matching<Item extends { id: number }>(
  org: Organization,
  write: OnceWrite<Item>,
  before: ReadonlySet<number>,
  items: readonly Item[],
): Promise<Item[]> {
  const found: Item[] = [];
  for (const item of items) {
    const isNew = !before.has(item.id) && !org.isClaimed(`${write.kind}:${item.id}`);
    if (isNew && (await write.matches(item))) found.push(item);
  }
  return found;
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
