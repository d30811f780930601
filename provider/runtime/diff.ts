import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Organization } from "../organization/organization.ts";
import type { Definition, Values } from "./definition.ts";
import { defaultOf } from "./record.ts";
import { containsUnknown } from "./unknowns.ts";

export interface Difference {
  readonly changes: boolean;
  /** Names of the inputs that differ, in the order of the definition. */
  readonly changed: string[];
  readonly replaces: string[];
}

/**
 * Compares recorded outputs with checked inputs, key by key over the definition's inputs. What only the server decides and
 * what acts at create time alone are never compared.
 */
export async function diff(
  definition: Definition,
  recorded: Values,
  wanted: Values,
  org: () => Promise<Organization>,
): Promise<Difference> {
  const changed = await changedKeys(definition, recorded, wanted, org);
  const fixed = changed.filter((key) => definition.replaceOn?.includes(key));
  const known = fixed.length > 0 && !fixed.some((key) => containsUnknown(wanted[key]));
  const stays = known && (await definition.staysInPlace?.(await org(), recorded, wanted)) === true;
  return { changes: changed.length > 0, changed, replaces: stays ? [] : fixed };
}

/** Names of the inputs that differ in meaning, in the order of the definition. */
export async function changedKeys(
  definition: Definition,
  recorded: Values,
  wanted: Values,
  org: () => Promise<Organization>,
): Promise<string[]> {
  const changed: string[] = [];
  for (const [key, schema] of Object.entries(definition.inputs.shape)) {
    if (definition.createOnly?.includes(key)) continue;
    const before = recordedValue(schema as z.ZodType, recorded[key]);
    // In a refresh the engine gives what is live as recorded, and the recorded inputs as wanted.
    const after = recordedValue(schema as z.ZodType, wanted[key]);
    if (isDeepStrictEqual(before, after) || isUnmanaged(definition, after)) continue;
    if (!containsUnknown(after) && definition.equivalent) {
      if (await definition.equivalent(await org(), key, before, after)) continue;
    }
    changed.push(key);
  }
  return changed;
}

/**
 * Whether a value means that the program does not manage the property: nothing of it is sent, so nothing of it changes. Only
 * objects that exist anyway have such properties; one that the program makes has none of what is left out.
 */
const isUnmanaged = (definition: Definition, wanted: unknown): boolean =>
  definition.alwaysExists === true && wanted === null;

/** A state written before the key existed means its default, not a change. */
const recordedValue = (schema: z.ZodType, value: unknown): unknown => (value === undefined ? defaultOf(schema) : value);
