import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { type Definition, inputKeys, ORGANIZATION, outputKeys, type Values } from "./definition.ts";
import { EFFECT } from "./effect.ts";

/** All declared outputs: what was written, else what was wanted, else null; and what is recorded of a create that may have worked. */
export function complete(definition: Definition, wanted: Values, outputs: Values): Values {
  const { pending } = outputs;
  const declared = fill(outputKeys(definition), { ...wanted, ...outputs });
  // States from before it existed lack it, and must not show a difference because of it.
  if (declared[ORGANIZATION] === null) delete declared[ORGANIZATION];
  return plain(pending === undefined ? declared : { ...declared, pending });
}

/** The inputs among recorded outputs, in normal form: null is what is not set. */
export function inputsOf(definition: Definition, outputs: Values): Values {
  return plain(fill(inputKeys(definition), outputs));
}

function fill(keys: readonly string[], values: Values): Values {
  return Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));
}

/** What an input is that nobody sets; null where it has no default. */
export function defaultOf(schema: z.ZodType): unknown {
  const result = schema.safeParse(undefined);
  return result.success ? (result.data ?? null) : null;
}

/** Per kind: they are asked of each resource in each call. */
const defaults = new WeakMap<Definition, Values>();

function defaultsOf(definition: Definition): Values {
  const known = defaults.get(definition);
  if (known !== undefined) return known;
  const { shape } = definition.inputs;
  const found = Object.fromEntries(inputKeys(definition).map((key) => [key, defaultOf(shape[key] as z.ZodType)]));
  defaults.set(definition, found);
  return found;
}

/**
 * Inputs or outputs for the state, without what says nothing: an input that is not set, and one that acts at create time alone
 * and has its default. A state has them twice for each resource, and each checkpoint writes all of them.
 *
 * Objects that exist anyway keep their nulls: there, null means that the program does not manage the property.
 *
 * @param before what the state has: an update does not remove what an earlier release recorded, which would show as a change
 */
export function lean(definition: Definition, values: Values, before: Values = {}): Values {
  if (definition.alwaysExists) return values;
  const initial = defaultsOf(definition);
  const saysNothing = (key: string, value: unknown): boolean => {
    if (value === null) return key === EFFECT || initial[key] === null;
    const isSpent = definition.createOnly?.includes(key) === true && isDeepStrictEqual(value, initial[key]);
    return isSpent && before[key] === undefined;
  };
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => !saysNothing(key, value)));
}

/** What `lean` left out, and inputs that did not exist yet when the state was written. */
export function withDefaults(definition: Definition, values: Values): Values {
  return { ...defaultsOf(definition), ...values };
}

/**
 * A fresh, unfrozen copy that the wire can carry. Anything else would fail the call after the object exists, or arrive as
 * something different, so it is dropped (undefined) or reported (the rest).
 */
export function plain(values: Values): Values {
  return copy(values, "") as Values;
}

function copy(value: unknown, path: string): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item, index) => copy(item ?? null, `${path}[${index}]`));
  if (typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.map(([key, inner]) => [key, copy(inner, path === "" ? key : `${path}.${key}`)]));
  }
  throw new Error(`internal error: ${path} is not a plain value. Please report it`);
}
