import { z } from "zod";

/** The part of a JSON schema that zod makes of our schemas. */
interface JsonSchema {
  readonly description?: string;
  /** Values that an editor offers for a text that is free. */
  readonly completions?: readonly string[];
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
  return written(z.toJSONSchema(schema, { io: "input" }) as JsonSchema, { textOf: textOnly, docsOf: () => "" });
}

/** As {@link typeOf}, with what an editor can show: values for a text that is free, and what the inner properties are. */
export function completedTypeOf(schema: z.ZodType): string {
  return written(z.toJSONSchema(schema, { io: "input" }) as JsonSchema, { textOf: withCompletions, docsOf: docstring });
}

const textOnly = (): string => "string";

/** The intersection keeps the literals: beside a plain `string` the compiler would drop them. */
function withCompletions({ completions }: JsonSchema): string {
  if (completions === undefined) return "string";
  return [...completions.map((value) => JSON.stringify(value)), "(string & Record<never, never>)"].join(" | ");
}

/** The default of a property as a program writes it; undefined where it has none. */
export function defaultOf(schema: z.ZodType): string | undefined {
  const { success, data } = schema.safeParse(undefined);
  return success && data !== undefined ? JSON.stringify(data) : undefined;
}

const docstring = ({ description }: JsonSchema): string =>
  description === undefined ? "" : `\n/** ${description} */\n`;

/** What differs between the types of inputs and outputs. */
interface Style {
  /** The type of a text. */
  readonly textOf: (schema: JsonSchema) => string;
  /** What stands before a property of an object. */
  readonly docsOf: (schema: JsonSchema) => string;
}

function written(schema: JsonSchema, style: Style): string {
  const { textOf, docsOf } = style;
  const inner = (part: JsonSchema): string => written(part, style);
  if (schema.anyOf !== undefined) return union(schema.anyOf.map(inner));
  if (schema.enum !== undefined) return union(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  switch (schema.type) {
    case "string":
      return textOf(schema);
    case "boolean":
    case "number":
      return schema.type;
    case "integer":
      return "number";
    case "array": {
      const item = inner(schema.items ?? {});
      return item.includes(" ") ? `(${item})[]` : `${item}[]`;
    }
    case "object": {
      const required = new Set(schema.required);
      const properties = Object.entries(schema.properties ?? {}).map(
        ([name, property]) => `${docsOf(property)}${name}${required.has(name) ? "" : "?"}: ${inner(property)}`,
      );
      // A docstring belongs to what follows on a line of its own.
      const end = properties.some((property) => property.startsWith("\n")) ? ";\n" : " ";
      return `{ ${properties.join("; ")}${end}}`.replaceAll(" \n", "\n");
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
