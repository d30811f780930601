import { z } from "zod";

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

/** How a TypeScript program writes the value of a schema. @throws Error for a form that no property has yet */
export function typeOf(schema: z.ZodType): string {
  return written(z.toJSONSchema(schema, { io: "input" }) as JsonSchema);
}

/** The default of a property as a program writes it; undefined where it has none. */
export function defaultOf(schema: z.ZodType): string | undefined {
  const { success, data } = schema.safeParse(undefined);
  return success && data !== undefined ? JSON.stringify(data) : undefined;
}

function written(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return union(schema.anyOf.map(written));
  if (schema.enum !== undefined) return union(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  switch (schema.type) {
    case "string":
    case "boolean":
    case "number":
      return schema.type;
    case "integer":
      return "number";
    case "array": {
      const item = written(schema.items ?? {});
      return item.includes(" ") ? `(${item})[]` : `${item}[]`;
    }
    case "object": {
      const required = new Set(schema.required);
      const properties = Object.entries(schema.properties ?? {}).map(
        ([name, property]) => `${name}${required.has(name) ? "" : "?"}: ${written(property)}`,
      );
      return `{ ${properties.join("; ")} }`;
    }
    default:
      throw new Error(`a property has a form that has no TypeScript yet: ${JSON.stringify(schema)}`);
  }
}

const ORDER = ["string", "number", "boolean"];
const place = (type: string): number => (ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length);

/** Each type once, the simple ones first. */
const union = (types: readonly string[]): string =>
  [...new Set(types)].sort((left, right) => place(left) - place(right)).join(" | ");
