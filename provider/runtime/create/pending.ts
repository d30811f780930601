import { isDeepStrictEqual } from "node:util";
import type { Organization } from "../../organization/organization.ts";
import type { Definition, Values } from "../definition.ts";
import { inputsOf } from "../record.ts";
import { type CreateContext, createObject } from "./create-object.ts";
import { createRequest } from "./create-request.ts";
import { ambiguity, type FindResult, findCreated, PENDING_ID, type Pending } from "./find-created.ts";

/** Milliseconds to go on looking in a later run: a list that is much too old will not become a good one soon. */
const PATIENCE = 5_000;

/** An object as the state has it. */
interface Managed {
  readonly id: string;
  readonly recorded: Values;
}

/**
 * Updates an object. One whose create may have worked is looked for first, and made when there is none. The engine takes no
 * new id from an update, so the id stays until the next refresh, and the object is known by the output that holds its id.
 */
export async function updateObject(
  definition: Definition,
  org: Organization,
  { id, recorded }: Managed,
  inputs: Values,
  context: CreateContext,
): Promise<Values> {
  const settled = settledId(definition, id, recorded);
  if (settled !== undefined) return await definition.update(org, settled, recorded, inputs);
  // The user has decided which object it is.
  const adopted = await definition.createOnce?.takeOver?.(org, inputs);
  if (adopted !== undefined) return adopted.outputs;
  const found = await findPending(definition, org, recorded);
  if (found === undefined) return (await createObject(definition, org, inputs, context)).outputs;
  const before = (await definition.read(org, found, withoutPending(recorded))) ?? withoutPending(recorded);
  return await definition.update(org, found, before, inputs);
}

/** Deletes an object. One whose create may have worked is looked for first: it must not be left behind. */
export async function deleteObject(definition: Definition, org: Organization, { id, recorded }: Managed) {
  const settled = settledId(definition, id, recorded);
  if (settled !== undefined) return await definition.delete(org, settled, recorded);
  const found = await findPending(definition, org, recorded);
  if (found !== undefined) await definition.delete(org, found, withoutPending(recorded));
}

/** Reads an object, under the id that it has in Anomify; `undefined` when it does not exist. */
export async function readObject(
  definition: Definition,
  org: Organization,
  { id, recorded }: { readonly id: string; readonly recorded: Values | undefined },
): Promise<{ id: string; outputs: Values } | undefined> {
  const settled = settledId(definition, id, recorded);
  if (settled !== undefined) {
    const outputs = await readSettled(definition, org, settled, recorded);
    return outputs && { id: settled, outputs };
  }
  const seen = await look(definition, org, recorded as Values);
  if (seen.status === "absent") return undefined;
  if (seen.status !== "found") {
    org.reporter.warn(`${definition.label(recorded as Values)}: ${undecided(seen)} The record is kept as pending.`);
    return { id, outputs: recorded as Values };
  }
  const outputs = await definition.read(org, String(seen.item.id), withoutPending(recorded as Values));
  return outputs && { id: String(seen.item.id), outputs };
}

/** A difference right after our own write is believed only when a second list has it too. */
async function readSettled(definition: Definition, org: Organization, id: string, recorded: Values | undefined) {
  const outputs = await definition.read(org, id, recorded);
  if (recorded === undefined || !org.clock.wroteJustNow(recorded.lastWrite)) return outputs;
  if (outputs && isDeepStrictEqual(inputsOf(definition, outputs), inputsOf(definition, recorded))) return outputs;
  await org.lists.reread();
  return await definition.read(org, id, recorded);
}

/** Id of the object in Anomify; `undefined` while nobody knows whether there is one. */
function settledId(definition: Definition, id: string, recorded: Values | undefined): string | undefined {
  if (definition.idOutput === undefined || recorded === undefined || !id.startsWith(PENDING_ID)) return id;
  const known = recorded[definition.idOutput];
  return typeof known === "number" ? String(known) : undefined;
}

/** Id of the object; `undefined` when there is certainly none. */
async function findPending(definition: Definition, org: Organization, recorded: Values): Promise<string | undefined> {
  const seen = await look(definition, org, recorded);
  if (seen.status === "absent") return undefined;
  if (seen.status === "found") return String(seen.item.id);
  throw new Error(undecided(seen));
}

async function look(definition: Definition, org: Organization, recorded: Values): Promise<FindResult<{ id: number }>> {
  const { pending, ...inputs } = recorded;
  if (definition.createOnce === undefined || !isPending(pending)) {
    throw new Error(
      "the state does not say how to look for the object. Look for it in Anomify, then run: pulumi state delete <urn>",
    );
  }
  const request = await createRequest(definition, org, inputs);
  return await org.locks.withLock(`${request.kind} ${request.key}`, async (equal) => {
    const seen = await findCreated(org, request, {
      known: new Set(pending.others),
      after: pending.after,
      patience: PATIENCE,
    });
    equal.lost = seen.status === "ambiguous" || seen.status === "inconclusive";
    return seen;
  });
}

const isPending = (value: unknown): value is Pending =>
  typeof value === "object" && value !== null && "after" in value && "others" in value;

function withoutPending({ pending: _pending, ...rest }: Values): Values {
  return rest;
}

function undecided(seen: FindResult<unknown>): string {
  if (seen.status === "ambiguous") return ambiguity(seen.ids);
  return "may or may not have been created: no list of Anomify shows it yet. Nothing was sent. Run pulumi up again later, at most an hour after the failure.";
}
