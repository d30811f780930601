import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Values } from "../../provider/runtime/definition.ts";
import { type Expression, list, literal, type ObjectLiteral, object } from "./syntax.ts";

/** Values as a person would write them: what is null or the default is left out, at any depth. */
export function withoutDefaults(schema: z.ZodObject, values: Values): Values {
  const entries = Object.entries(schema.shape).flatMap(([key, property]) => {
    const value = values[key] ?? null;
    if (value === null || isDeepStrictEqual(value, defaultOf(property as z.ZodType))) return [];
    const inner = objectIn(property as z.ZodType);
    return [[key, inner === undefined ? value : withoutDefaults(inner, value as Values)]];
  });
  return Object.fromEntries(entries);
}

function defaultOf(schema: z.ZodType): unknown {
  const result = schema.safeParse(undefined);
  return result.success ? result.data : undefined;
}

/** The object inside of an optional one. */
function objectIn(schema: z.ZodType): z.ZodObject | undefined {
  if (schema instanceof z.ZodObject) return schema;
  const wraps = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
  return wraps ? objectIn(schema.unwrap() as z.ZodType) : undefined;
}

/** What stands for a value instead of itself; the key is that of the innermost property. */
export type Replacement = (key: string, value: unknown) => Expression | undefined;

/** JSON as an expression. */
export function expressionOf(value: unknown, replaced: Replacement, key = ""): Expression {
  const instead = replaced(key, value);
  if (instead !== undefined) return instead;
  if (Array.isArray(value)) return list(value.map((item) => expressionOf(item, replaced, key)));
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return literal(value);
  return propertiesOf(value as Values, replaced, key !== "");
}

/** The arguments of a resource, or with `inner` an object in them, which may be on one line. */
export function propertiesOf(values: Values, replaced: Replacement, inner = false): ObjectLiteral {
  const entries = Object.entries(values).map(([name, value]) => [name, expressionOf(value, replaced, name)]);
  return object(Object.fromEntries(entries), !inner);
}
