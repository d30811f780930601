import { AnomifyError, NotFoundError, ResponseShapeError } from "../../../sdk/index.ts";
import type { EqualCreates } from "../../organization/equal-creates.ts";
import type { Snapshot } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import type { CreatedObject, Definition, NonIdempotentCreate, PartialFailure, Values, Written } from "../definition.ts";
import { messageOf } from "../messages.ts";
import { type CreateRequest, createRequest } from "./create-request.ts";
import {
  deadlineOf,
  findCreated,
  findOthers,
  PATIENCE_MILLISECONDS,
  type Pending,
  pendingFailure,
} from "./find-created.ts";
import { type CreatingResource, recordIntent, recoverOrphan } from "./recover.ts";

/** What a create is known by its host, and what outlives it when it is stopped from outside. */
export interface CreateContext {
  /** Absent when it is not known which resource the create is for. */
  resource?: CreatingResource | undefined;
  /** Set while a request may have worked whose outcome is not known: what the engine is to record then. */
  unresolved?: (cause: unknown) => Promise<PartialFailure>;
}

type Item = { id: number };
type Once = NonNullable<Definition["createOnce"]>;

/**
 * Makes the object of a resource, from top to bottom: take over what exists, else recover what a killed run has made, else
 * bring back what was deleted, else record the intent and send the request, once. When the reply is lost, the object is looked
 * for: it is ours when it was not there before, nobody of this program has it, and every property agrees. A name alone is
 * never enough, and the request is never sent a second time.
 *
 * @throws PartialFailure when nobody knows whether the object exists: the record says how to find out later
 */
export async function createObject(
  definition: Definition,
  org: Organization,
  inputs: Values,
  context: CreateContext = {},
): Promise<Written<Values, Values>> {
  const { createOnce, create } = definition;
  if (createOnce === undefined) {
    if (create === undefined) throw new Error(`internal error: ${definition.kind} cannot be created. Please report it`);
    return await create(org, inputs);
  }
  const adopted = await createOnce.takeOver?.(org, inputs);
  if (adopted !== undefined) return adopted;
  const request = await createRequest(definition, org, inputs);
  const before = (await org.lists.baseline(request.list)) as unknown as Snapshot<Item>;
  return await org.locks.withLock(`${request.kind} ${request.key}`, async (equal) => {
    if (equal.lost) throw new Error("not sent: an equal one may or may not have been created. Run pulumi up again");
    const recovered = await recoverOrphan(org, request, context.resource, equal);
    if (recovered) return await own(createOnce, org, recovered, { inputs, equal, request });
    const revived = await createOnce.revive?.(org, inputs, (id) =>
      recordIntent(org, request, context.resource, [], id),
    );
    if (revived !== undefined) return revived;
    const created = await createNew(org, request, { before, equal, context });
    return await own(createOnce, org, created, { inputs, equal, request });
  });
}

/** Makes an object the resource's. */
async function own(
  createOnce: Once,
  org: Organization,
  created: CreatedObject<Item>,
  { inputs, equal, request }: { inputs: Values; equal: EqualCreates; request: NonIdempotentCreate<Item> },
): Promise<Written<Values, Values>> {
  org.claims.claim(`${request.kind}:${created.item.id}`);
  equal.made.add(created.item.id);
  return { id: String(created.item.id), outputs: await createOnce.outputs(org, created, inputs) };
}

interface Surroundings {
  readonly before: Snapshot<Item>;
  readonly equal: EqualCreates;
  readonly context: CreateContext;
}

async function createNew(
  org: Organization,
  request: CreateRequest<Item>,
  { before, equal, context }: Surroundings,
): Promise<CreatedObject<Item>> {
  const known = new Set([...before.items.map(({ id }) => id), ...equal.made]);
  const { equal: equalOnes, all: others } = await findOthers(request, before.items, equal);
  warnOfEqual(org, request, equalOnes);
  const intent = await recordIntent(org, request, context.resource, others);
  const unresolved = async (cause: unknown) => {
    equal.lost = true;
    return pendingFailure(request.kind, { after: deadlineOf(org), others }, cause);
  };
  context.unresolved = unresolved;
  try {
    const created = await send(org, request, { known, equal, unresolved });
    await intent?.confirm(created.item.id);
    return created;
  } catch (error) {
    if (!equal.lost) await intent?.settle();
    throw error;
  } finally {
    delete context.unresolved;
    org.lists.invalidate(request.list);
  }
}

/**
 * An equal object may be this stack's own under another name, another stack's, or what is left of a run that was killed where
 * no intent could be recorded. Nothing says which, so it is reported and never taken over.
 */
function warnOfEqual(org: Organization, { kind, label }: NonIdempotentCreate<Item>, others: readonly number[]): void {
  const [id] = others.filter((other) => !org.claims.isClaimed(`${kind}:${other}`));
  if (id === undefined) return;
  org.reporter.warn(
    `${label}: Anomify had an equal ${kind} already (id ${id}). If the resource was renamed or moved in the program, give it the option aliases; if the ${kind} is to become this resource, set adopt: "${id}". It may as well belong to another stack.`,
  );
}

interface Sending {
  readonly known: ReadonlySet<number>;
  readonly equal: EqualCreates;
  readonly unresolved: NonNullable<CreateContext["unresolved"]>;
}

async function send(
  org: Organization,
  request: CreateRequest<Item>,
  { known, equal, unresolved }: Sending,
): Promise<CreatedObject<Item>> {
  const sentAt = Math.floor(org.clock.now()) - 1;
  try {
    return await request.send();
  } catch (error) {
    if (!(error instanceof AnomifyError) || error.outcome !== "unknown") throw error;
    const failure = await unresolved(error);
    const { after } = failure.outputs.pending as Pending;
    const isMade = error instanceof ResponseShapeError && error.saysLittle;
    const result = await findCreated(org, request, {
      known,
      after,
      sentAt,
      patience: PATIENCE_MILLISECONDS,
      isMade,
    });
    if (result.status === "ambiguous")
      throw pendingFailure(request.kind, failure.outputs.pending as Pending, error, result);
    if (result.status === "inconclusive") throw failure;
    equal.lost = false;
    if (result.status === "found") {
      const why =
        error instanceof ResponseShapeError
          ? "the reply to the create does not describe it"
          : "the reply to the create was lost";
      org.reporter.inform(`found by the list of Anomify, since ${why}`, request.label);
      return result;
    }
    throw new Error(
      `not created: the request failed, and the list read after it does not have it. Run pulumi up again. ${messageOf(error)}`,
    );
  } finally {
    org.lists.invalidate(request.list);
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
    const isDone = error instanceof NotFoundError || (error instanceof ResponseShapeError && error.saysLittle);
    if (!isDone) throw error;
  }
}
