import { z } from "zod";
import type { Evidence } from "../endpoint.ts";

/**
 * An object of a reply. Keys that the contract does not know are kept at run time; they are left out of the type, so that a
 * mistyped property name does not compile.
 */
export const model = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strip> =>
  z.looseObject(shape) as unknown as z.ZodObject<Shape, z.core.$strip>;

/** A property that nothing depends on: absent, or not what the contract says, both read as undefined. */
export const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/**
 * A property whose absence proves nothing: undefined where the reply does not say it, of this object nor of its neighbours in a
 * list. What is there has to be what the contract says.
 */
export const unsaid = <Schema extends z.ZodType>(schema: Schema) => schema.optional();

/** A text of which some values are known; others are accepted. */
export const open = <const Words extends readonly string[]>(
  ...words: Words
): z.ZodType<Words[number] | (string & Record<never, never>)> => z.string().meta({ words });

/** Marks how sure the contract is of a model and everything inside it. */
export const evidence = <Schema extends z.ZodType>(word: Evidence, schema: Schema): Schema =>
  schema.meta({ evidence: word }) as Schema;

/** Marks how sure the contract is that a property is there, and is of this model; the inside of the model has its own mark. */
const presence =
  (word: Evidence) =>
  <Schema extends z.ZodType>(schema: Schema): Schema =>
    schema.meta({ presence: word }) as Schema;

export const documented = presence("documented");
export const inferred = presence("inferred");
export const assumed = presence("assumed");
