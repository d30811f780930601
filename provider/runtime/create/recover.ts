import type { EqualCreates } from "../../organization/equal-creates.ts";
import type { Organization } from "../../organization/organization.ts";
import type { CreatedObject, NonIdempotentCreate } from "../definition.ts";
import type { CreateRequest } from "./create-request.ts";
import { deadlineOf, findCreated, PATIENCE_MILLISECONDS, pendingFailure } from "./find-created.ts";
import type { Intent, IntentLog } from "./intent-log.ts";

/** The resource that a create is for, and where its intent is recorded in case the process is killed. */
export interface CreatingResource {
  readonly urn: string;
  /** All its inputs, as text. */
  readonly inputs: string;
  readonly log: IntentLog;
}

/**
 * Records a create before it is sent; undefined when it cannot be recorded.
 *
 * @param id of an object that exists and is to become the resource's
 */
export async function recordIntent<Item extends { id: number }>(
  org: Organization,
  { kind, key }: NonIdempotentCreate<Item>,
  resource: CreatingResource | undefined,
  others: readonly number[],
  id?: number,
): Promise<Intent | undefined> {
  if (resource === undefined) return undefined;
  const { urn, inputs, log } = resource;
  const until = deadlineOf(org) + org.settings.timeoutSeconds;
  return await log.record(org.settings, { urn, inputs, kind, key, until, others, id });
}

/**
 * Looks for the orphan of this resource: what an earlier process has made of it before it was killed. It is known by its id,
 * where the reply had come; else as the object of a lost reply is. Undefined when there is none.
 *
 * @throws PartialFailure when that cannot be decided: the resource is then recorded as pending
 */
export async function recoverOrphan<Item extends { id: number }>(
  org: Organization,
  request: CreateRequest<Item>,
  resource: CreatingResource | undefined,
  equal: EqualCreates,
): Promise<CreatedObject<Item> | undefined> {
  const { kind, key } = request;
  const intent = resource?.log.find(org.settings, { urn: resource.urn, kind, key });
  if (intent === undefined) return undefined;
  const { id, others } = intent;
  const isIt = (item: Item) => item.id === id && !request.isGone(item);
  const meant = id === undefined ? request : { ...request, matches: isIt, resembles: async () => "no" as const };
  // A process that is gone sends nothing any more; one that may live has its own time limit.
  const after = intent.isOver ? Math.min(intent.until, deadlineOf(org)) : intent.until;
  const result = await findCreated(org, meant, { known: new Set(others), after, patience: PATIENCE_MILLISECONDS });
  if (result.status === "absent") {
    await intent.settle();
    return undefined;
  }
  if (result.status !== "found") {
    equal.lost = true;
    const cause = new Error("An earlier run was killed after it had sent the request.");
    throw pendingFailure(kind, { after, others }, cause, result);
  }
  // Recorded until a state is seen to have it: this process may be killed as well.
  await intent.confirm(result.item.id);
  if ((await request.matches(result.item)) || (await request.resembles(result.item)) !== "no") return result;
  if (request.update) return await request.update(result.item.id);
  throw new Error(
    `an earlier run was killed after it had made ${kind} ${result.item.id}, which was changed since. Declare what it has and set adopt: "${result.item.id}"`,
  );
}
