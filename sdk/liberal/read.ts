// Replies as the models of sdk/models have them, from any form that can mean only that.
import { z } from "zod";
import { isObject } from "../raw-response.ts";
import { flagOf, isNone, numberOf, textOf } from "./values.ts";

/** Stands for a property that seems to be there under another name: no schema accepts it. */
export const ELSEWHERE = Symbol("elsewhere");

/** The value in the form of the schema, as far as it can mean only one thing; the schema decides whether that is enough. */
export function liberally(schema: z.ZodType, value: unknown, key = ""): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodCatch) {
    return value === undefined || value === ELSEWHERE
      ? value
      : liberally(schema.def.innerType as z.ZodType, value, key);
  }
  if (schema instanceof z.ZodNullable) {
    const inner = schema.def.innerType as z.ZodType;
    return isNone(value) && !(inner instanceof z.ZodArray) ? null : liberally(inner, value, key);
  }
  if (schema instanceof z.ZodArray) return listOf(schema.element as z.ZodType, value, key);
  if (schema instanceof z.ZodObject) {
    return isObject(value) ? objectOf(schema, value, new Set(Object.keys(value))) : value;
  }
  if (schema instanceof z.ZodBoolean) return flagOf(value);
  if (schema instanceof z.ZodNumber) return numberOf(value, key);
  return schema instanceof z.ZodString ? textOf(value, key) : value;
}

/** A list; of texts as one text with commas too, of objects as a map by number or id too. */
function listOf(element: z.ZodType, value: unknown, key: string): unknown {
  if (value === null || value === "") return [];
  if (Array.isArray(value)) return itemsOf(element, value, key);
  if (element instanceof z.ZodString && typeof value === "string") {
    return value
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
  }
  if (!(element instanceof z.ZodObject) || !isObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([name, item]) => /^\d+$/.test(name) || (isObject(item) && String(item.id) === name),
  );
  if (entries.length === 0) return value;
  return itemsOf(
    element,
    entries.map(([, item]) => item),
    key,
  );
}

function itemsOf(element: z.ZodType, items: readonly unknown[], key: string): unknown[] {
  if (!(element instanceof z.ZodObject)) return items.map((item) => liberally(element, item, key));
  const keys = new Set(items.flatMap((item) => (isObject(item) ? Object.keys(item) : [])));
  return items.map((item) => (isObject(item) ? objectOf(element, item, keys) : item));
}

/**
 * @param keys those of the object and its neighbours in a list: what one of them has, and another has not, is none there; what none
 *   of them has is not said
 */
function objectOf(
  schema: z.ZodObject,
  value: Record<string, unknown>,
  keys: ReadonlySet<string>,
): Record<string, unknown> {
  const strange = Object.keys(value).filter((key) => !Object.hasOwn(schema.shape, key));
  const read = Object.entries(schema.shape).flatMap(([key, part]): [string, unknown][] => {
    const child = part as z.ZodType;
    if (Object.hasOwn(value, key)) return [[key, liberally(child, value[key], key)]];
    const none = noneOf(child);
    if (none === undefined) return [];
    // It may have another name: then it is missing, and not none.
    const isElsewhere = strange.some((other) => !isNone(value[other]) && accepts(child, value[other], key));
    if (isElsewhere) return [[key, ELSEWHERE]];
    return keys.has(key) || !isOptionalPart(child) ? [[key, none]] : [];
  });
  return { ...value, ...Object.fromEntries(read) };
}

/** What an absent property says: null, or a list without objects. A list of texts has to be there. */
function noneOf(schema: z.ZodType): null | readonly [] | undefined {
  if (schema instanceof z.ZodOptional) return noneOf(schema.def.innerType as z.ZodType);
  if (schema instanceof z.ZodNullable) return null;
  return schema instanceof z.ZodArray && schema.element instanceof z.ZodObject ? [] : undefined;
}

const accepts = (schema: z.ZodType, value: unknown, key: string): boolean =>
  schema.safeParse(liberally(schema, value, key)).success;

/**
 * `data` of a reply: the object or the list that it is about may also be `data` itself, or stand under another key that alone holds
 * one.
 */
export function dataOf(schema: z.ZodType, sent: unknown): unknown {
  if (!(schema instanceof z.ZodObject)) return liberally(schema, sent);
  const needed = Object.keys(schema.shape).filter((key) => !isOptional(schema, key));
  const isThere = isObject(sent) && needed.some((key) => Object.hasOwn(sent, key));
  const [key] = needed;
  const placed = isThere || key === undefined || needed.length > 1 ? sent : place(schema, key, sent);
  return isObject(placed) ? read(schema, placed) : placed;
}

/** The parts of `data`; unlike inside of them, none is taken for empty because it is absent. */
function read(schema: z.ZodObject, data: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(data).map(([key, value]) => {
    const part = schema.shape[key] as z.ZodType | undefined;
    return [key, part === undefined ? value : liberally(part, value, key)] as const;
  });
  return Object.fromEntries(entries);
}

/** An object has at least one property of its model: one of which nothing is needed would accept any. */
const isLike = (schema: z.ZodType, value: object): boolean =>
  !(schema instanceof z.ZodObject) || Object.keys(schema.shape).some((key) => Object.hasOwn(value, key));

const isOptionalPart = (schema: z.ZodType): boolean => schema.safeParse(undefined).success;

const isOptional = (schema: z.ZodObject, key: string): boolean => isOptionalPart(schema.shape[key] as z.ZodType);

function place(schema: z.ZodObject, key: string, sent: unknown): unknown {
  const part = schema.shape[key] as z.ZodType;
  // An empty list may be an empty object of PHP, and then nothing is known of the list.
  const fits = (value: unknown) =>
    typeof value === "object" && value !== null && !isNone(value) && isLike(part, value) && accepts(part, value, key);
  if (fits(sent)) return { [key]: sent };
  if (!isObject(sent)) return sent;
  const candidates = Object.keys(sent).filter((other) => fits(sent[other]));
  const [only] = candidates;
  return only !== undefined && candidates.length === 1 ? { ...sent, [key]: sent[only] } : sent;
}
