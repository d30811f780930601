import type { Evidence } from "../../sdk/endpoint.ts";

/** An operation as an OpenAPI document describes it. `evidence` is there in our own contract alone. */
export interface ApiOperation {
  readonly id: string;
  /** Upper-case. */
  readonly method: string;
  readonly path: string;
  readonly evidence: Evidence;
  readonly methodEvidence: Evidence;
  readonly parameters: readonly ApiParameter[];
  /** Keys around the data of a success; undefined when the document does not describe the reply. */
  readonly envelope: readonly string[] | undefined;
  /** Fields inside `data`, by dotted path with `[]` for the items of a list. */
  readonly fields: ReadonlyMap<string, ApiField>;
}

export interface ApiParameter {
  readonly name: string;
  readonly in: "path" | "query" | "form";
  readonly required: boolean;
  readonly evidence: Evidence;
  readonly types: readonly string[];
  readonly description: string;
}

export interface ApiField {
  /** JSON types; empty when not said. */
  readonly types: readonly string[];
  readonly required: boolean;
  readonly evidence: Evidence;
  readonly description: string;
}

type Json = Record<string, unknown>;

const at = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const methods = ["get", "post", "put", "patch", "delete"];
/** Deeper than any reply of ours; bounds a document that refers to itself. */
const deepest = 12;

/** The operations of an OpenAPI document, version 3. What cannot be understood is left out. */
export function describe(document: unknown): ApiOperation[] {
  return Object.entries(at(at(document).paths)).flatMap(([path, item]) =>
    Object.entries(at(item))
      .filter(([method]) => methods.includes(method))
      .map(([method, source]) => operationOf(at(document), path, method, at(source), list(at(item).parameters))),
  );
}

function operationOf(
  document: Json,
  path: string,
  method: string,
  source: Json,
  shared: readonly unknown[],
): ApiOperation {
  const evidence = evidenceOf(source) ?? "assumed";
  const schema = replySchema(document, source);
  const properties = at(schema?.properties);
  const enveloped = Object.hasOwn(properties, "status") && Object.hasOwn(properties, "data");
  const fields = new Map<string, ApiField>();
  if (schema !== undefined) collect(document, enveloped ? at(properties.data) : schema, "", evidence, fields, 0);
  return {
    id: text(source.operationId),
    method: method.toUpperCase(),
    path,
    evidence,
    methodEvidence: wordOf(source["x-method-evidence"]) ?? evidence,
    parameters: [
      ...urlParameters(document, [...shared, ...list(source.parameters)], evidence),
      ...formOf(document, source, evidence),
    ],
    envelope: schema === undefined ? undefined : enveloped ? ["status", "data"] : Object.keys(properties),
    fields,
  };
}

function urlParameters(document: Json, references: readonly unknown[], around: Evidence): ApiParameter[] {
  return references.flatMap((reference) => {
    const parameter = resolve(document, at(reference));
    const place = parameter.in === "formData" ? "form" : parameter.in;
    if (place !== "path" && place !== "query" && place !== "form") return [];
    const schema = resolve(document, at(parameter.schema));
    return [
      {
        name: text(parameter.name),
        in: place,
        required: parameter.required === true,
        evidence: evidenceOf(parameter) ?? around,
        types: valueTypes(schema),
        description: text(parameter.description),
      },
    ];
  });
}

function formOf(document: Json, source: Json, around: Evidence): ApiParameter[] {
  const [media] = Object.values(at(resolve(document, at(source.requestBody)).content));
  const form = resolve(document, at(at(media).schema));
  return Object.entries(at(form.properties)).map(([name, reference]) => {
    const schema = { ...resolve(document, at(reference)), ...at(reference) };
    return {
      name,
      in: "form",
      required: list(form.required).includes(name),
      evidence: evidenceOf(schema) ?? around,
      types: valueTypes(schema),
      description: text(schema.description),
    };
  });
}

/** All travel as text, so a type that says only that says nothing. */
function valueTypes(schema: Json): string[] {
  const type = text(schema["x-value-type"]) || text(schema.type);
  return type === "" || type === "string" ? [] : [type];
}

function replySchema(document: Json, source: Json): Json | undefined {
  const responses = at(source.responses);
  const reply = resolve(document, at(responses["200"] ?? responses["201"] ?? responses.default));
  const media = at(reply.content)["application/json"];
  const schema = resolve(document, at(at(media).schema ?? reply.schema));
  return Object.keys(at(schema.properties)).length > 0 ? schema : undefined;
}

function collect(
  document: Json,
  node: Json,
  path: string,
  around: Evidence,
  fields: Map<string, ApiField>,
  depth: number,
): void {
  if (depth > deepest) return;
  const { schema, inside } = open(document, node, around);
  if (schema.items !== undefined) {
    collect(document, at(schema.items), `${path}[]`, inside, fields, depth + 1);
    return;
  }
  for (const [key, value] of Object.entries(at(schema.properties))) {
    const field = path === "" ? key : `${path}.${key}`;
    const child = at(value);
    fields.set(field, {
      types: typesOf(document, child),
      required: list(schema.required).includes(key),
      evidence: evidenceOf(child) ?? inside,
      description: text(child.description),
    });
    collect(document, child, field, inside, fields, depth + 1);
  }
}

/** The schema behind a reference or a choice with null, and how sure its inside is. */
function open(document: Json, node: Json, around: Evidence): { schema: Json; inside: Evidence } {
  const presence = evidenceOf(node) ?? around;
  const target = resolve(document, node);
  const choices = [...list(target.oneOf), ...list(target.anyOf)].map(at).filter(({ type }) => type !== "null");
  const [choice] = choices;
  if (choice !== undefined && choices.length === 1) return open(document, choice, evidenceOf(target) ?? presence);
  const parts = list(target.allOf).map((part) => open(document, at(part), presence).schema);
  const all = [target, ...parts];
  const merged = {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map(({ properties }) => at(properties))),
    required: all.flatMap(({ required }) => list(required)),
  };
  return { schema: merged, inside: evidenceOf(target) ?? presence };
}

function typesOf(document: Json, node: Json): string[] {
  const target = resolve(document, node);
  const choices = [...list(target.oneOf), ...list(target.anyOf)];
  if (choices.length > 0) return [...new Set(choices.flatMap((choice) => typesOf(document, at(choice))))];
  const given = typeof target.type === "string" ? [target.type] : list(target.type).map(text);
  if (given.length === 0 && (target.properties !== undefined || target.allOf !== undefined)) return ["object"];
  return target.nullable === true ? [...given, "null"] : given;
}

function resolve(document: Json, node: Json, depth = 0): Json {
  if (typeof node.$ref !== "string" || depth > deepest) return node;
  const keys = node.$ref.replace(/^#\//, "").split("/");
  return resolve(
    document,
    keys.reduce<Json>((inner, key) => at(inner[key]), document),
    depth + 1,
  );
}

const wordOf = (word: unknown): Evidence | undefined =>
  word === "documented" || word === "engine" || word === "inferred" || word === "assumed" ? word : undefined;
const evidenceOf = (node: Json): Evidence | undefined => wordOf(node["x-evidence"]);
