import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Evidence } from "../../sdk/endpoint.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** One operation of the contract. */
export interface Operation {
  readonly id: string;
  /** Upper-case. */
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly call: string;
  readonly auth: string;
  readonly evidence: Evidence;
  readonly parameters: readonly Parameter[];
  /** The operation as written. */
  readonly source: JsonObject;
}

/** One parameter, wherever it travels. */
export interface Parameter {
  readonly name: string;
  /** Of its name on the wire. */
  readonly evidence: Evidence;
  readonly required: boolean;
  readonly schema: JsonObject;
}

export function readContract(): JsonObject {
  return parse(readFileSync(new URL("../../contract/openapi.yaml", import.meta.url), "utf8")) as JsonObject;
}

export const object = (value: Json | undefined): JsonObject => (value ?? {}) as JsonObject;
const list = <Item extends Json>(value: Json | undefined): Item[] => (value ?? []) as Item[];

/** Names of the groups, in the order of the API's own index. */
export const groupsOf = (document: JsonObject): string[] =>
  list<JsonObject>(document.tags).map(({ name }) => String(name));

export function operationsOf(document: JsonObject): Operation[] {
  return Object.entries(object(document.paths)).flatMap(([path, item]) =>
    Object.entries(object(item)).map(([method, operation]) => {
      const source = object(operation);
      return {
        id: String(source.operationId),
        method: method.toUpperCase(),
        path,
        group: list<string>(source.tags)[0] ?? "",
        call: String(source["x-call"]),
        auth: String(source["x-auth"]),
        evidence: source["x-evidence"] as Evidence,
        parameters: parametersOf(document, source),
        source,
      };
    }),
  );
}

function parametersOf(document: JsonObject, source: JsonObject): Parameter[] {
  const url = list<JsonObject>(source.parameters).map((reference) => {
    const parameter = resolve(document, reference);
    const { name, required, schema } = parameter;
    const evidence = parameter["x-evidence"] as Evidence;
    return { name: String(name), evidence, required: required === true, schema: object(schema) };
  });
  const body = object(object(object(source.requestBody).content)["application/x-www-form-urlencoded"]);
  const form = object(body.schema);
  const fields = Object.entries(object(form.properties)).map(([name, property]) => {
    const schema = object(property);
    const required = list<string>(form.required).includes(name);
    return { name, evidence: schema["x-evidence"] as Evidence, required, schema };
  });
  return [...url, ...fields];
}

/** Follows a reference of the contract. */
export function resolve(document: JsonObject, node: JsonObject): JsonObject {
  if (typeof node.$ref !== "string") return node;
  const keys = node.$ref.slice(2).split("/");
  return keys.reduce<JsonObject>((inner, key) => object(inner[key]), document);
}
