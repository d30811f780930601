// The contract in TypeScript's words: what test/contract/agreement.ts holds against the types of the client.

import { compile, type JSONSchema } from "json-schema-to-typescript";
import { clientMethods } from "./api.ts";
import { type Json, type JsonObject, type Operation, object, operationsOf, type Parameter } from "./contract.ts";

/** Keys of a schema that decide its type. */
const kept = new Set(["type", "additionalProperties"]);

/** What a caller of the client writes for a parameter of the contract. */
const written: Readonly<Record<string, string>> = {
  string: "string",
  boolean: "boolean",
  integer: "number",
  number: "number",
  "unix-seconds": "Date | number",
  csv: "readonly string[]",
  "csv-integer": "readonly number[]",
  email: "string",
  url: "string",
};

/** The text of test/contract/types.gen.ts: `Operations`, one property per operation. */
export async function contractTypes(document: JsonObject): Promise<string> {
  const methods = clientMethods();
  const operations = operationsOf(document).map((operation) => [operation.id, shapeOf(operation, methods)] as const);
  const schemas = Object.entries(object(object(document.components).schemas));
  const root: JsonObject = {
    ...record(Object.fromEntries(operations)),
    definitions: Object.fromEntries(schemas.map(([name, schema]) => [name, plain(object(schema))])),
  };
  const text = await compile(root as JSONSchema, "Operations", {
    additionalProperties: false,
    bannerComment: "// Generated from contract/openapi.yaml by `npm run generate`. Do not edit.",
  });
  return `${text.trimEnd()}\n`;
}

/** An object that has all of these properties, or all but the `optional` ones. */
const record = (properties: JsonObject, optional: readonly string[] = []): JsonObject => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

/** One of these words. */
const literal = (words: readonly string[]): JsonObject => ({
  tsType: words.map((word) => JSON.stringify(word)).join(" | ") || "never",
});

function shapeOf({ id, parameters, source }: Operation, methods: ReadonlyMap<string, string>): JsonObject {
  const [group = "", method = ""] = methods.get(id)?.split(".") ?? [];
  const values = Object.fromEntries(
    parameters.map((parameter) => [parameter.name, { tsType: valueTypeOf(parameter) }]),
  );
  const optional = parameters.filter(({ required }) => !required).map(({ name }) => name);
  const clearable = parameters.filter(({ schema }) => schema["x-clearable"] === true).map(({ name }) => name);
  return record({
    client: { tsType: `[${JSON.stringify(group)}, ${JSON.stringify(method)}]` },
    params: record(values, optional),
    clearable: literal(clearable),
    ...replyOf(source),
  });
}

/** A reply without the envelope has no type but that of its media. */
function replyOf(source: JsonObject): JsonObject {
  const content = object(object(object(source.responses)["200"]).content);
  const { data } = object(object(object(content["application/json"]).schema).properties);
  return data === undefined ? { media: literal(Object.keys(content)) } : { data: plain(object(data)) };
}

function valueTypeOf({ name, schema }: Parameter): string {
  const type = String(schema["x-value-type"]);
  if (type === "string" && Array.isArray(schema.enum)) {
    // The empty word of a parameter that can be cleared is not one of its values.
    return String(literal(schema.enum.map(String).filter((word) => word !== "")).tsType);
  }
  const found = written[type];
  if (found === undefined) throw new Error(`Parameter ${name} of the contract has the unknown x-value-type ${type}.`);
  return found;
}

/** A schema of a reply without what has no influence on its type. */
function plain(schema: JsonObject): JsonObject {
  if (typeof schema.$ref === "string") return { $ref: schema.$ref.replace("#/components/schemas/", "#/definitions/") };
  if (Array.isArray(schema.enum)) return openWords(schema.enum);
  const result = Object.fromEntries(Object.entries(schema).filter(([key]) => kept.has(key)));
  const each = (value: Json | undefined) =>
    Object.entries(object(value)).map(([name, inner]) => [name, plain(object(inner))]);
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(each(schema.properties)) as JsonObject;
    // What the service is taken to send is another matter: the client insists on what somebody needs.
    result.required = Object.keys(object(schema["x-needed-by"]));
  }
  if (schema.items !== undefined) result.items = plain(object(schema.items));
  if (Array.isArray(schema.oneOf)) result.oneOf = schema.oneOf.map((branch) => plain(object(branch)));
  return result;
}

/** A text of which some values are known; as `open` of the client. */
function openWords(words: readonly Json[]): JsonObject {
  const known = literal(words.filter((word) => typeof word === "string"));
  return { tsType: `${known.tsType} | (string & Record<never, never>)${words.includes(null) ? " | null" : ""}` };
}
