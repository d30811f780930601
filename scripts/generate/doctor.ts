import { type Json, type JsonObject, object } from "./contract.ts";

/** Keys of the contract that a comparison with a live document needs. */
const kept = new Set(
  "paths components schemas parameters responses content schema requestBody properties items required type oneOf $ref name in".split(
    " ",
  ),
);
const marks = new Set(["operationId", "x-evidence", "x-method-evidence", "x-value-type", "description"]);

/** The part of the contract that `anomify doctor` compares with the live service, as a module. */
export function doctorContract(document: JsonObject): string {
  const { paths, components } = document;
  const { schemas, parameters } = object(components);
  const pruned = {
    paths: Object.fromEntries(
      Object.entries(object(paths)).map(([path, item]) => [
        path,
        Object.fromEntries(Object.entries(object(item)).map(([method, source]) => [method, operation(object(source))])),
      ]),
    ),
    components: { schemas: named(schemas), parameters: named(parameters) },
  };
  const parts = Object.entries(pruned.paths).map(
    ([path, item]) => `    ${JSON.stringify(path)}: ${JSON.stringify(item)},`,
  );
  return [
    "// Generated from contract/openapi.yaml by `npm run generate`. Do not edit.",
    "/** What the contract says of requests and successful replies, as an OpenAPI document. */",
    "export const contract: object = {",
    "  paths: {",
    ...parts,
    "  },",
    `  components: ${JSON.stringify(pruned.components)},`,
    "};",
    "",
  ].join("\n");
}

function operation(source: JsonObject): JsonObject {
  const success = object(source.responses)["200"];
  return object(pruned({ ...source, responses: success === undefined ? {} : { "200": success } }, true));
}

/** Names of properties, parameters, schemas and the like are nobody's keywords. */
const named = (value: Json | undefined): JsonObject =>
  Object.fromEntries(Object.entries(object(value)).map(([name, inner]) => [name, pruned(inner)]));

function pruned(value: Json, top = false): Json {
  if (Array.isArray(value)) return value.map((item) => pruned(item));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(
    ([key]) => kept.has(key) || (marks.has(key) && !(top && key === "description")),
  );
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      ["properties", "content", "responses"].includes(key) ? named(inner) : pruned(inner),
    ]),
  );
}
