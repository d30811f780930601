import { isDeepStrictEqual } from "node:util";
import type { Organization } from "../../organization/organization.ts";
import type { CreatedObject, Definition, NonIdempotentCreate, Values } from "../definition.ts";
import { inNormalForm } from "../normal-form.ts";
import { asSent } from "../stored-form.ts";

type Item = { id: number };

/** A create, and how its object is recognized where the service keeps texts in another form than they were sent in. */
export interface CreateRequest<One extends Item = Item> extends NonIdempotentCreate<One> {
  /**
   * Whether the object is the one that was to be made, apart from the form of its texts: trimmed, in lower case, masked. Asked
   * only where no object is exactly the one.
   */
  resembles(item: One): Promise<Resemblance>;
}

/** `unproven`: all that can be seen agrees, and a secret is masked, so that it may be an object with another secret. */
export type Resemblance = "yes" | "no" | "unproven";

/** The request that makes the object of a resource. @throws AnomifyError when people or channels cannot be looked up */
export async function createRequest(definition: Definition, org: Organization, inputs: Values): Promise<CreateRequest> {
  const { createOnce } = definition;
  if (createOnce === undefined) throw new Error(`internal error: ${definition.kind} is not created. Please report it`);
  const request = await createOnce.request(org, inputs);
  const compared = Object.keys(definition.inputs.shape).filter(
    (key) => !definition.createOnly?.includes(key) && !definition.programOnly?.includes(key),
  );
  return {
    ...request,
    resembles: async (item) => {
      if (request.isGone(item)) return "no";
      const created: CreatedObject<Item> = { item, at: 0 };
      const live = inNormalForm(definition.inputs, await createOnce.outputs(org, created, inputs));
      const { outputs, forms } = asSent(definition, inputs, live);
      if (!compared.every((key) => isDeepStrictEqual(outputs[key] ?? null, inputs[key] ?? null))) return "no";
      return forms.some(({ isMasked }) => isMasked === true) ? "unproven" : "yes";
    },
  };
}
