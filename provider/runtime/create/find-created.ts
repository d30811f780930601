import { AnomifyError } from "../../../sdk/index.ts";
import type { EqualCreates } from "../../organization/equal-creates.ts";
import type { Snapshot } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { type CreatedObject, PartialFailure } from "../definition.ts";
import { messageOf } from "../messages.ts";
import type { CreateRequest } from "./create-request.ts";

/** What is recorded of a create that may have worked, in the output `pending`: enough to find out later. */
export interface Pending {
  /** Unix seconds, service clock: a list from later than this shows the object, or proves that there is none. */
  readonly after: number;
  /** Ids of objects that are equal, yet not it. */
  readonly others: readonly number[];
}

/** What looking for the object of a lost reply found. */
export type FindResult<Item> =
  | (CreatedObject<Item> & { readonly status: "found" })
  /** The lists prove that there is none. */
  | { readonly status: "absent" }
  /** Several objects fit, and nothing says which is it; or one whose secret is masked, and nothing says that it is it. */
  | { readonly status: "ambiguous"; readonly ids: readonly number[] }
  /** No list is young enough to decide. */
  | { readonly status: "inconclusive" };

/** Start of the id that a resource has in the state while nobody knows whether its object exists. */
export const PENDING_ID = "pending:";
/** Seconds that a service may take to carry out a request whose connection is gone, whole-second rounding included. */
const MARGIN_SECONDS = 2;
/** How long to go on looking in the run that sent the request, or that comes after one that was killed. */
export const PATIENCE_MILLISECONDS = 30_000;

/** How to look for the object of a create that may have worked. */
interface Search {
  /** Ids of objects that are not it. */
  readonly known: ReadonlySet<number>;
  /** Unix seconds, service clock: only a list from later than this proves that there is no such object. */
  readonly after: number;
  /** Unix seconds, service clock: when the request was sent. An older list shows somebody else's object, if any. */
  readonly sentAt?: number;
  /** Milliseconds to go on while the lists decide nothing. */
  readonly patience: number;
  /** Whether the object is known to exist: the only one that a fresh list shows is then it, whatever of it is masked. */
  readonly isMade?: boolean;
}

/** Looks for the object of a create that may have worked, again and again until a list decides. */
export async function findCreated<Item extends { id: number }>(
  org: Organization,
  request: CreateRequest<Item>,
  search: Search,
): Promise<FindResult<Item>> {
  const giveUp = performance.now() + Math.min(search.patience, org.settings.timeoutSeconds * 250);
  for (;;) {
    const result = await look(org, request, search);
    if (result.status !== "inconclusive" || performance.now() > giveUp) return result;
  }
}

async function look<Item extends { id: number }>(
  org: Organization,
  request: CreateRequest<Item>,
  { known, after, sentAt, isMade = false }: Search,
): Promise<FindResult<Item>> {
  try {
    const { items, takenAt, live, partial } = (await org.lists.poll(request.list)) as unknown as Snapshot<Item>;
    if (!live && sentAt !== undefined && takenAt < sentAt) return { status: "inconclusive" };
    const candidates = items.filter(({ id }) => !known.has(id) && !org.claims.isClaimed(`${request.kind}:${id}`));
    const exact = await filter(candidates, (item) => request.matches(item));
    const similar = exact.length > 0 ? [] : await resembling(request, candidates);
    const found = [...exact, ...similar.map(({ item }) => item)];
    const [only] = found;
    const isProof = takenAt > after && partial === undefined;
    if (only === undefined) return { status: isProof ? "absent" : "inconclusive" };
    if (found.length > 1) return { status: "ambiguous", ids: found.map(({ id }) => id) };
    if (similar[0]?.isProven === false && !(isMade && isProof)) {
      return isMade ? { status: "inconclusive" } : { status: "ambiguous", ids: [only.id] };
    }
    return { status: "found", item: only, at: takenAt };
  } catch (error) {
    // The list may fail for the same reason as the create did. That says nothing.
    if (error instanceof AnomifyError) return { status: "inconclusive" };
    throw error;
  }
}

async function filter<Item>(
  items: readonly Item[],
  holds: (item: Item) => Promise<boolean> | boolean,
): Promise<Item[]> {
  const kept: Item[] = [];
  for (const item of items) if (await holds(item)) kept.push(item);
  return kept;
}

/** Those that look like the one to be made, and whether all of it can be seen. */
async function resembling<Item extends { id: number }>(
  request: CreateRequest<Item>,
  items: readonly Item[],
): Promise<{ readonly item: Item; readonly isProven: boolean }[]> {
  const kept: { readonly item: Item; readonly isProven: boolean }[] = [];
  for (const item of items) {
    const resemblance = await request.resembles(item);
    if (resemblance !== "no") kept.push({ item, isProven: resemblance === "yes" });
  }
  return kept;
}

/** When a request that is under way has taken effect at the latest, if ever. Unix seconds, service clock. */
export const deadlineOf = (org: Organization) => Math.ceil(org.clock.now()) + MARGIN_SECONDS;

/** Objects that are not the one to be made, though they look like it. Ids in ascending order. */
export interface Others {
  /** Those that are equal, property by property. */
  readonly equal: readonly number[];
  /** All of them: also those that differ by the form of their texts alone. */
  readonly all: readonly number[];
}

/** Objects that were there before and look like the one to be made. */
export async function findOthers<Item extends { id: number }>(
  request: CreateRequest<Item>,
  before: readonly Item[],
  { made }: Pick<EqualCreates, "made">,
): Promise<Others> {
  const equal = new Set(made);
  const all = new Set(made);
  for (const item of before) {
    // What cannot be compared counts as equal.
    const isEqual = await Promise.resolve(request.matches(item)).catch(() => true);
    if (isEqual) equal.add(item.id);
    if (isEqual || (await request.resembles(item).catch(() => "yes")) !== "no") all.add(item.id);
  }
  return { equal: ascending(equal), all: ascending(all) };
}

const ascending = (ids: ReadonlySet<number>): number[] => [...ids].sort((left, right) => left - right);

/** The failure of a create whose outcome nobody knows: the engine records it, and a later run finds out. */
export function pendingFailure(
  kind: string,
  pending: Pending,
  cause: unknown,
  result?: FindResult<unknown>,
): PartialFailure {
  const next =
    result?.status === "ambiguous"
      ? `the request failed. It is recorded as pending. ${ambiguity(result.ids)}`
      : "the request failed, and no list of Anomify shows it yet. It is recorded as pending: run pulumi up again, or pulumi refresh, and it is looked for before anything is sent.";
  return new PartialFailure(
    `may or may not have been created: ${next} ${messageOf(cause)}`,
    `${PENDING_ID}${kind}:${pending.after}`,
    { pending },
  );
}

/** What is said where nothing shows which object is the one: the decision is the user's. */
export function ambiguity(ids: readonly number[]): string {
  const [only, ...others] = ids;
  if (others.length === 0) {
    return `A new object looks like the one whose create may have worked (id ${only}), but Anomify masks its secret, so it may be another stack's. If it is this resource, set adopt: "${only}", then run pulumi up again.`;
  }
  return `${ids.length} new objects look like the one whose create may have worked (ids ${ids.join(", ")}), and another stack may own some of them. Decide which one this resource is: set adopt to its id, then run pulumi up again.`;
}
