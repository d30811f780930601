// Lists of inputs are sets. Definitions have them in one order, so that neither the order nor a duplicate is a change. A program and
// its state have them in the order of the program: the option ignoreChanges names an element by its place, and the engine takes
// what the state has in that place.
import type { z } from "zod";
import { type Definition, inputKeys, type Values } from "./definition.ts";
import { containsUnknown } from "./unknowns.ts";

type Item = string | number;

const isItem = (value: unknown): value is Item => typeof value === "string" || typeof value === "number";
const isSet = (value: unknown): value is Item[] => Array.isArray(value) && value.every(isItem);
const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A set in one order, so that neither the order nor a duplicate is a change. */
export function asSet<Member extends Item>(items: readonly Member[]): Member[] {
  return [...new Set(items)].sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** A value with each of its lists as a set. What is known in part stays as it is. */
export function withSets(value: unknown): unknown {
  if (containsUnknown(value)) return value;
  if (isSet(value)) return asSet(value);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSets(inner)]));
}

/** Recorded or checked values as definitions want them: the lists of the inputs as sets. */
export function inputsAsSets(definition: Definition, values: Values): Values {
  const keys = inputKeys(definition).filter((key) => typeof values[key] === "object");
  return { ...values, ...Object.fromEntries(keys.map((key) => [key, withSets(values[key])])) };
}

/**
 * A value with its lists in the order of another one. What the other one lacks takes the place of what has gone, so that each
 * element that stays keeps its place.
 */
export function inOrderOf(value: unknown, order: unknown): unknown {
  if (containsUnknown(value)) return value;
  if (isSet(value) && isSet(order)) return arranged(value, order);
  if (!isRecord(value) || !isRecord(order)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inOrderOf(inner, order[key])]));
}

function arranged(items: readonly Item[], order: readonly Item[]): Item[] {
  const present = new Set(items);
  const come = items.filter((item) => !order.includes(item));
  const placed = [...new Set(order)].flatMap((item) => (present.has(item) ? [item] : come.splice(0, 1)));
  return [...placed, ...come];
}

/** Inputs, or outputs, with the lists of the inputs in the order that others have. */
export function inputsInOrderOf(definition: Definition, values: Values, order: Values): Values {
  const keys = inputKeys(definition).filter((key) => typeof values[key] === "object");
  return { ...values, ...Object.fromEntries(keys.map((key) => [key, inOrderOf(values[key], order[key])])) };
}

/**
 * A value as a program gave it, with each element of its lists in normal form: duplicates and order stay. `schema` is that of the
 * whole value.
 */
export function normalElements(schema: z.ZodType, given: unknown): unknown {
  // A single element has no order.
  const isOrdered = (value: unknown): value is Item[] => isSet(value) && value.length > 1;
  if (isOrdered(given)) return given.map((item) => only(parsed(schema, [item])) ?? item);
  if (!isRecord(given)) return given;
  const entries = Object.entries(given).map(([key, inner]) => {
    if (!isOrdered(inner)) return [key, inner];
    const normal = (item: Item) => only((parsed(schema, { ...given, [key]: [item] }) as Values | undefined)?.[key]);
    return [key, inner.map((item) => normal(item) ?? item)];
  });
  return Object.fromEntries(entries);
}

const only = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : undefined);

/** `undefined` of a value that is refused, or on which the schema fails itself. */
function parsed(schema: z.ZodType, value: unknown): unknown {
  try {
    const result = schema.safeParse(value);
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Puts back what an index in `ignoreChanges` overwrote. The engine writes the recorded element into its place; where the state has
 * another order than the program, as older states have, that element is there twice then, and another one has gone.
 *
 * @param given elements in normal form
 * @param recorded the same list in the state
 */
export function withoutOverwriting(given: unknown, recorded: unknown): unknown {
  if (isSet(given) && isSet(recorded)) {
    if (containsUnknown(given)) return given;
    const gone = recorded.filter((item) => !given.includes(item));
    const isTwice = (item: Item) => given.indexOf(item) !== given.lastIndexOf(item);
    const overwritten = given.flatMap((item, place) => (isTwice(item) && recorded[place] === item ? [place] : []));
    const surplus = given.length - new Set(given).size;
    if (surplus === 0 || surplus !== gone.length || overwritten.length < surplus) return given;
    const places = overwritten.slice(0, surplus);
    return given.map((item, place) => (places.includes(place) ? gone[places.indexOf(place)] : item));
  }
  if (!isRecord(given) || !isRecord(recorded)) return given;
  const entries = Object.entries(given).map(([key, inner]) => [
    key,
    isSet(inner) ? withoutOverwriting(inner, recorded[key]) : inner,
  ]);
  return Object.fromEntries(entries);
}
