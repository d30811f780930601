// What a zod schema of a property is in Pulumi's package schema.
import { z } from "zod";
import { listOf, type NamedTypes, type PropertySpec, type TypeSpec, typeName, unionOf } from "./types.ts";

/** The part of a JSON schema that zod makes of our schemas. */
interface JsonSchema {
  readonly type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  readonly enum?: readonly string[];
  readonly const?: string | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/**
 * The type of a property, as a program writes it.
 *
 * @param name of the type, should it need one
 */
export function typeOfProperty(schema: z.ZodType, name: string, named: NamedTypes): TypeSpec {
  return typeOf(z.toJSONSchema(schema, { io: "input" }) as JsonSchema, name, named);
}

/** The default of a property where languages can state it: a list or an object is left to the plugin. */
export function constantDefault(schema: z.ZodType): Pick<PropertySpec, "default"> {
  const { success, data } = schema.safeParse(undefined);
  if (!success || !["string", "number", "boolean"].includes(typeof data)) return {};
  return { default: data as string | number | boolean };
}

/** What may be a text or an object is a text, so that the object needs no name. */
function writable(members: readonly JsonSchema[]): readonly JsonSchema[] {
  const plain = members.filter(({ type }) => type !== "object");
  return plain.length > 0 ? plain : members;
}

function typeOf(schema: JsonSchema, name: string, named: NamedTypes): TypeSpec {
  if (schema.anyOf !== undefined) return unionOf(writable(schema.anyOf).map((member) => typeOf(member, name, named)));
  if (schema.enum !== undefined) {
    const values = schema.enum.map((value) => ({ name: typeName(value), value }));
    return named.add(name, { type: "string", enum: values });
  }
  if (typeof schema.const === "string") return { type: "string" };
  if (typeof schema.const === "boolean") return { type: "boolean" };
  switch (schema.type) {
    case "string":
    case "boolean":
    case "number":
    case "integer":
      return { type: schema.type };
    case "array":
      return listOf(typeOf(schema.items ?? {}, name, named));
    case "object": {
      const entries = Object.entries(schema.properties ?? {}).map(
        ([key, property]) => [key, typeOf(property, name + typeName(key), named)] as const,
      );
      return named.add(name, {
        type: "object",
        properties: Object.fromEntries(entries),
        required: schema.required ?? [],
      });
    }
    default:
      throw new Error(`the property behind ${name} has a form that has no Pulumi type yet: ${JSON.stringify(schema)}`);
  }
}
