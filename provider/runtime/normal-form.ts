import type { z } from "zod";

/**
 * Outputs whose inputs are in the normal form in which a program has them: blanks at the ends of a live name are none, and
 * `WEEKLY-MONDAY` is `weekly-monday`. What no program could declare stays as it is.
 */
export function inNormalForm<Outputs extends object>(inputs: z.ZodObject, outputs: Outputs): Outputs {
  const values = outputs as Record<string, unknown>;
  const normal: Record<string, unknown> = {};
  for (const [property, schema] of Object.entries(inputs.shape)) {
    const value = values[property];
    if (value === null || value === undefined) continue;
    const result = (schema as z.ZodType).safeParse(value);
    if (result.success) normal[property] = result.data;
  }
  return { ...outputs, ...normal };
}
