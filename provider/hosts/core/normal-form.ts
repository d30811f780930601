import type { z } from "zod";
import { type Definition, inputKeys, ORGANIZATION, type Values } from "../../runtime/definition.ts";
import { EFFECT } from "../../runtime/effect.ts";
import { inOrderOf, normalElements } from "../../runtime/sets.ts";

const WHOLE_NUMBER = /^\d{1,15}$/;

/** Checked or recorded inputs as definitions want them: each input in normal form, null where it is not set. */
export function normalInputs(definition: Definition, inputs: Values): Values {
  const normal = inputKeys(definition).map((key) => [
    key,
    normalInput(definition.inputs.shape[key] as z.ZodType, inputs[key] ?? undefined),
  ]);
  return {
    ...Object.fromEntries(normal),
    ...(typeof inputs[EFFECT] === "string" ? { [EFFECT]: inputs[EFFECT] } : {}),
  };
}

/** One output as a TypeScript program sees it: in normal form, null where nothing is set. */
export function normalOutput(definition: Definition, key: string, value: unknown): unknown {
  const schema = definition.inputs.shape[key] as z.ZodType | undefined;
  return schema === undefined ? idsOf(value ?? null) : normalInput(schema, value ?? undefined);
}

/** A record that was written before an input existed means its default. What is known in part stays as it is. */
function normalInput(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (!result.success) return value ?? null;
  return inOrderOf(result.data ?? null, normalElements(schema, value));
}

/** Recorded outputs as definitions want them: null where the record has nothing. */
export function normalRecord(definition: Definition, outputs: Values): Values {
  const computed = Object.keys(definition.computed.shape)
    .filter((key) => key !== ORGANIZATION || outputs[key] !== undefined)
    .map((key) => [key, idsOf(outputs[key] ?? null)]);
  return {
    ...normalInputs(definition, outputs),
    ...Object.fromEntries(computed),
    ...(outputs.pending === undefined ? {} : { pending: idsOf(outputs.pending) }),
  };
}

/**
 * Values as every language has them. People are named by e-mail address or user id, and typed languages want lists of one
 * type: there, an id is a text of digits.
 */
export function withTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (typeof item === "number" ? String(item) : withTexts(item)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner)]));
}

/** The way back of `withTexts`, where no schema says what a list has: in outputs, texts of digits are ids. */
function idsOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => (typeof item === "string" && WHOLE_NUMBER.test(item) ? Number(item) : idsOf(item)));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, idsOf(inner)]));
}
