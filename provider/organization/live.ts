import { type AnomifyClient, type PartialList, type Reply, ResponseShapeError } from "../../sdk/index.ts";

/** What an organization has, as the service's lists describe it. */

type Data<Call extends (...args: never[]) => Promise<Reply<unknown>>> = Awaited<ReturnType<Call>>["data"];
export type LiveWatcher = Data<AnomifyClient["watchers"]["list"]>["watchers"][number];
export type LiveExclusion = Data<AnomifyClient["exclusion"]["list"]>["exclusions"][number];
export type LiveUser = Data<AnomifyClient["org"]["users"]>["users"][number];
export type LiveChannel = Data<AnomifyClient["org"]["channels"]>["channels"][number];
export type LiveAdminAlert = Data<AnomifyClient["org"]["adminAlerts"]>["admin_alerts"][number];
export type LiveExclusionType = Data<AnomifyClient["exclusion"]["types"]>["types"][number];
export type LiveOrg = Data<AnomifyClient["org"]["info"]>["org"];

/** A list as the service gave it, with the time on the service's clock that it stands for. */
export interface Snapshot<Item> {
  readonly items: readonly Item[];
  /** Unix seconds, service clock: nothing later than this is in the list. */
  readonly takenAt: number;
  /** Whether it was read from the live data, not from a cache. */
  readonly live: boolean;
  /** Of a list that is not known to be whole: absence from it proves nothing. As in a reply. */
  readonly partial?: PartialList;
}

/** Service clock of a reply, in unix seconds; this machine's where the reply does not say. */
export function replyTime(reply: Reply<unknown>): number {
  return reply.status.created_timestamp ?? writeTime();
}

/** The reply of a write; undefined when it says that the write has worked, and nothing of the object. */
export async function unlessLittle<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ResponseShapeError && error.saysLittle) return undefined;
    throw error;
  }
}

/** When a write happened whose reply says nothing, on this machine's clock. */
export const writeTime = (): number => Math.floor(Date.now() / 1000);

/** The list of a reply, with the time that it stands for. */
export function snapshotOf<Item>(reply: Reply<unknown>, items: readonly Item[]): Snapshot<Item> {
  const age = reply.status.oldest_cached_component_age ?? 0;
  const { partial } = reply;
  return { items, takenAt: replyTime(reply) - age, live: age <= 0, ...(partial === undefined ? {} : { partial }) };
}

/**
 * Whether a list can say anything about an object that we last wrote at `lastWrite` (service clock). Times and ages are
 * whole seconds, so their difference may be one too large.
 */
export function isFreshEnough(snapshot: Snapshot<unknown>, lastWrite: number | null | undefined): boolean {
  return snapshot.live || typeof lastWrite !== "number" || snapshot.takenAt > lastWrite + 1;
}
