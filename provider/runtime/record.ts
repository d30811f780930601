import { type Definition, inputKeys, ORGANIZATION, outputKeys, type Values } from "./definition.ts";

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
