// Each kind of resource in Pulumi's package schema.
import type { z } from "zod";
import { typeToken } from "../../../provider/hosts/dynamic/provider-text.ts";
import type { Definition, PropertyDoc } from "../../../provider/runtime/definition.ts";
import { type NamedTypes, type PropertySpec, type TypeSpec, typeName } from "./types.ts";
import { constantDefault, typeOfProperty } from "./zod.ts";

export interface ResourceSpec {
  readonly description: string;
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs: readonly string[];
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
  readonly aliases: ReadonlyArray<{ readonly type: string }>;
}

type Shape = Readonly<Record<string, z.ZodType>>;

export function resourceSpec(definition: Definition, named: NamedTypes): ResourceSpec {
  const inputs = Object.entries(definition.inputs.shape as Shape).map(([key, schema]) => ({
    key,
    schema,
    type: typeOfProperty(schema, definition.kind + typeName(key), named),
    about: about(definition, key, schema),
  }));
  const computed = Object.entries(definition.computed.shape as Shape).map(([key, schema]) => ({
    key,
    schema,
    type: typeOfProperty(schema, definition.kind + typeName(key), named),
    about: about(definition, key, schema),
  }));
  return {
    description: descriptionOf(definition),
    inputProperties: Object.fromEntries(
      inputs.map(({ key, schema, type, about }) => [key, { ...type, ...about, ...constantDefault(schema) }]),
    ),
    requiredInputs: inputs.flatMap(({ key, schema }) => (isOptional(schema) ? [] : [key])),
    properties: Object.fromEntries(
      [...inputs, ...computed].map(({ key, schema, type, about }) => [key, { ...outputOf(schema, type), ...about }]),
    ),
    required: [
      ...inputs.filter(({ key, schema }) => isAlwaysSet(schema) && !definition.createOnly?.includes(key)),
      ...computed.filter(({ schema }) => !isOptional(schema)),
    ].map(({ key }) => key),
    // So that a stack of the dynamic provider is taken over as it is.
    aliases: [{ type: typeToken(definition.kind) }],
  };
}

function descriptionOf({ description, behavior }: Definition): string {
  return [description, "", ...behavior.map((line) => `- ${line}`)].join("\n");
}

function about(definition: Definition, key: string, schema: z.ZodType): PropertySpec {
  const doc = schema.meta() as PropertyDoc | undefined;
  if (doc === undefined) throw new Error(`the property ${key} of ${definition.kind} is not documented`);
  return {
    description: doc.description,
    ...(definition.secret?.includes(key) ? { secret: true as const } : {}),
    ...(definition.replaceOn?.includes(key) ? { willReplaceOnChanges: true as const } : {}),
    ...(doc.deprecation === undefined ? {} : { deprecationMessage: doc.deprecation }),
  };
}

/** The normal form of what may be written in several ways may have one of them alone. */
function outputOf(schema: z.ZodType, type: TypeSpec): TypeSpec {
  return (schema.meta() as PropertyDoc | undefined)?.outputAs === "string" ? { type: "string" } : type;
}

const isOptional = (schema: z.ZodType): boolean => schema.safeParse(undefined).success;

/** Whether an output of this input always has a value. */
const isAlwaysSet = (schema: z.ZodType): boolean => {
  const { success, data } = schema.safeParse(undefined);
  return !success || data !== undefined;
};
