import { z } from "zod";
import type { Evidence } from "./endpoint.ts";

const isEvidence = (word: unknown): word is Evidence =>
  word === "documented" || word === "inferred" || word === "assumed";

/**
 * How sure the contract is of the item at a path inside a reply. A property has the mark of its presence, what is inside it that of
 * its model; without a mark of its own an item has that of the nearest one `around` it.
 */
export function evidenceAt(schema: z.ZodType, path: readonly PropertyKey[], around: Evidence): Evidence {
  const [key, ...rest] = path;
  if (key === undefined) return mark(schema, "presence") ?? around;
  const inside = mark(schema, "evidence") ?? mark(schema, "presence") ?? around;
  const child = childAt(schema, key);
  return child === undefined ? inside : evidenceAt(child, rest, inside);
}

/** The mark of a schema, looked for under `.optional()` and the like too. */
function mark(schema: z.ZodType, name: "evidence" | "presence"): Evidence | undefined {
  const word = schema.meta()?.[name];
  if (isEvidence(word)) return word;
  const inner = unwrap(schema);
  return inner === undefined ? undefined : mark(inner, name);
}

/** The schema inside a wrapper that changes nothing but whether the value may be absent. */
export function unwrap(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodCatch) {
    return schema.def.innerType as z.ZodType;
  }
  return undefined;
}

function childAt(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  const inner = unwrap(schema);
  if (inner !== undefined) return childAt(inner, key);
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodObject) return schema.shape[String(key)] as z.ZodType | undefined;
  return undefined;
}

/** "data.watchers[0].name" for a path of zod. */
export const pathInWords = (root: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>((words, key) => words + (typeof key === "number" ? `[${key}]` : `.${String(key)}`), root);
