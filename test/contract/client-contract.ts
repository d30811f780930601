// Reads replies and parameters out of the contract in the form that client-rows.ts gives to the client's own.
import type { Evidence } from "../../sdk/endpoint.ts";
import type { Property } from "./client-rows.ts";
import { type Contract, loadContract } from "./openapi-validator.ts";

type Json = Contract["document"][string];
type JsonObject = { [key: string]: Json };

export const contract = loadContract();

const object = (value: Json | undefined): JsonObject => (value ?? {}) as JsonObject;
const list = (value: Json | undefined): readonly string[] => (value ?? []) as unknown as readonly string[];

/** Follows a reference of the contract. */
export function resolve(node: JsonObject): JsonObject {
  if (typeof node.$ref !== "string") return node;
  return node.$ref
    .slice(2)
    .split("/")
    .reduce<JsonObject>((inner, key) => object(inner[key]), contract.document);
}

/** All operations by id, as written. */
export const sources: ReadonlyMap<string, JsonObject> = new Map(
  Object.values(object(contract.document.paths)).flatMap((item) =>
    Object.values(object(item)).map((operation): [string, JsonObject] => [
      String(object(operation).operationId),
      object(operation),
    ]),
  ),
);

/** Media type and schema of the reply to a success. */
export function replyOf(operation: JsonObject): { mediaType: string; schema: JsonObject } {
  const [[mediaType = "", media] = []] = Object.entries(object(object(object(operation.responses)["200"]).content));
  return { mediaType, schema: object(object(media).schema) };
}

/** Named examples of the reply to a success. */
export function examplesOf(operation: JsonObject): Array<[name: string, value: Json | undefined]> {
  const { mediaType } = replyOf(operation);
  const media = object(object(object(object(operation.responses)["200"]).content)[mediaType]);
  return Object.entries(object(media.examples)).map(([name, example]) => [name, resolve(object(example)).value]);
}

/** All properties of a schema of the contract. */
export function propertiesOf(schema: JsonObject, around: Evidence, at: string, required = true): Map<string, Property> {
  const found = new Map<string, Property>();
  collect(schema, around, at, required, found);
  return found;
}

function collect(
  node: JsonObject,
  around: Evidence,
  at: string,
  required: boolean,
  found: Map<string, Property>,
): void {
  const alternatives = (node.oneOf ?? []) as unknown as JsonObject[];
  const branch = alternatives.find(({ type }) => type !== "null");
  const core = resolve(branch ?? node);
  const types = [core.type].flat().map(String);
  const evidence = (node["x-evidence"] as Evidence | undefined) ?? around;
  const type = types.filter((name) => name !== "null").join("|");
  const nullable = alternatives.length > 0 || types.includes("null");
  found.set(at, { type, required, nullable, evidence, ...(core.enum && { words: list(core.enum) }) });
  const inside = (core["x-evidence"] as Evidence | undefined) ?? evidence;
  if (core.items) collect(object(core.items), inside, `${at}[]`, true, found);
  for (const [key, child] of Object.entries(object(core.properties))) {
    collect(object(child), inside, `${at}.${key}`, Object.hasOwn(object(core["x-needed-by"]), key), found);
  }
}

/** A value that a schema accepts: with every property, with those that the contract takes to be there, or with the needed ones. */
export function sampleOf(node: JsonObject, which: "all" | "required" | "needed"): Json {
  const alternatives = (node.oneOf ?? []) as unknown as JsonObject[];
  if (alternatives.length > 0)
    return which === "all" ? sampleOf(alternatives.find(({ type }) => type !== "null") ?? {}, which) : null;
  const core = resolve(node);
  const types = [core.type].flat().map(String);
  if (which !== "all" && types.includes("null")) return null;
  if (core.enum) return list(core.enum)[0] ?? "";
  switch (types[0]) {
    case "object": {
      const keys = Object.keys(object(core.properties)).filter((key) => isIn(core, key, which));
      return Object.fromEntries(keys.map((key) => [key, sampleOf(object(object(core.properties)[key]), which)]));
    }
    case "array":
      return [sampleOf(object(core.items), which)];
    case "integer":
      return 200;
    case "number":
      return 1.5;
    case "boolean":
      return true;
    default:
      return "text";
  }
}

function isIn(core: JsonObject, key: string, which: "all" | "required" | "needed"): boolean {
  if (which === "all") return true;
  return which === "required" ? list(core.required).includes(key) : Object.hasOwn(object(core["x-needed-by"]), key);
}
