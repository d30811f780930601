import { z } from "zod";
import type { Evidence } from "./endpoint.ts";

const isEvidence = (word: unknown): word is Evidence =>
  word === "documented" || word === "engine" || word === "inferred" || word === "assumed";

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

/**
 * Every named field inside a reply and how sure the contract is of it, by dotted path; the items of a list are `[]`, as in
 * `watchers[].name`.
 */
export function fieldsOf(schema: z.ZodType, around: Evidence, at = ""): Map<string, Evidence> {
  const inner = unwrap(schema);
  const inside = mark(schema, "evidence") ?? mark(schema, "presence") ?? around;
  if (inner !== undefined) return fieldsOf(inner, inside, at);
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element as z.ZodType, inside, `${at}[]`);
  const found = new Map<string, Evidence>();
  if (!(schema instanceof z.ZodObject)) return found;
  for (const [key, value] of Object.entries(schema.shape)) {
    const child = value as z.ZodType;
    const path = at === "" ? key : `${at}.${key}`;
    found.set(path, mark(child, "presence") ?? inside);
    for (const [deeper, word] of fieldsOf(child, inside, path)) found.set(deeper, word);
  }
  return found;
}

/** "watchers[].name" for a path of zod. */
export const dottedPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
