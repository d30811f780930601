// Validates requests and replies against contract/openapi.yaml, knowing neither the client nor the simulator.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** One parameter of an operation, wherever it travels. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "form";
  readonly required: boolean;
  readonly schema: JsonObject;
  /** How sure the contract is of the name. */
  readonly evidence: string;
}

/** One operation of the contract. */
export interface Operation {
  readonly id: string;
  /** Upper-case. */
  readonly method: string;
  readonly path: string;
  readonly auth: string;
  readonly call: string;
  readonly parameters: readonly Parameter[];
  readonly dependentRequired: Readonly<Record<string, readonly string[]>>;
  /** By HTTP status: the content type and the compiled schema of the body. */
  readonly replies: ReadonlyMap<number, { contentType: string; validate: ValidateFunction }>;
  readonly validators: ReadonlyMap<string, ValidateFunction>;
}

/** The contract, read. */
export interface Contract {
  readonly document: JsonObject;
  readonly operations: readonly Operation[];
  /** By operationId. */
  operation(id: string): Operation;
}

/** What a request carries; all values are strings on the wire. */
export interface RequestParts {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  form?: Readonly<Record<string, string>>;
}

/** Reads the contract. `closed` refuses properties in replies that it does not describe. */
export function loadContract(options: { closed?: boolean } = {}): Contract {
  const file = fileURLToPath(new URL("../../contract/openapi.yaml", import.meta.url));
  const document = parse(readFileSync(file, "utf8")) as JsonObject;
  const compile = compiler(document, options.closed ?? false);
  const operations = Object.entries(asObject(document.paths)).flatMap(([path, item]) =>
    Object.entries(asObject(item)).map(([method, operation]) =>
      readOperation(document, path, method.toUpperCase(), asObject(operation), compile),
    ),
  );
  return {
    document,
    operations,
    operation: (id) => {
      const found = operations.find((candidate) => candidate.id === id);
      if (!found) throw new Error(`The contract has no operation ${id}.`);
      return found;
    },
  };
}

/** What is wrong with a request; empty when nothing is. */
export function validateRequest(operation: Operation, parts: RequestParts): string[] {
  const problems: string[] = [];
  for (const place of ["path", "query", "form"] as const) {
    const sent = parts[place] ?? {};
    const known = operation.parameters.filter((parameter) => parameter.in === place);
    for (const name of Object.keys(sent)) {
      // The session may travel as a parameter of any operation.
      if (name !== "session_id" && !known.some((parameter) => parameter.name === name)) {
        problems.push(`${place} ${name}: the contract has no such parameter`);
      }
    }
    for (const parameter of known) problems.push(...parameterProblems(operation, parameter, sent[parameter.name]));
  }
  for (const [name, others] of Object.entries(operation.dependentRequired)) {
    for (const other of others) {
      if (parts.form?.[name] !== undefined && parts.form[other] === undefined)
        problems.push(`form ${other}: needed with ${name}`);
    }
  }
  return problems;
}

/** What is wrong with a reply; `body` is parsed JSON, or bytes or text where the contract says so. */
export function validateReply(operation: Operation, httpStatus: number, body: unknown): string[] {
  const reply = operation.replies.get(httpStatus);
  if (!reply) return [`${operation.id} has no reply with status ${httpStatus}`];
  if (reply.contentType.startsWith("image/"))
    return body instanceof Uint8Array ? [] : [`${operation.id}: not a picture`];
  const problems = schemaProblems(reply.validate, body);
  const code = (body as { status?: { code?: unknown } } | null)?.status?.code;
  if (reply.contentType === "application/json" && code !== undefined && code !== httpStatus) {
    problems.push(`status.code is ${String(code)}, the HTTP status is ${httpStatus}`);
  }
  return problems;
}

function parameterProblems(operation: Operation, parameter: Parameter, value: string | undefined): string[] {
  const where = `${parameter.in} ${parameter.name}`;
  if (value === undefined) return parameter.required ? [`${where}: is required`] : [];
  if (typeof value !== "string") return [`${where}: is not a string`];
  if (value === "" && parameter.in === "form" && parameter.schema["x-clearable"] !== true)
    return [`${where}: may not be empty`];
  const minimum = parameter.schema["x-minimum"];
  if (typeof minimum === "number" && Number(value) < minimum) return [`${where}: is below ${minimum}`];
  const validate = operation.validators.get(where);
  return validate ? schemaProblems(validate, value).map((problem) => `${where}${problem}`) : [];
}

function schemaProblems(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => {
    const extra = error.params.additionalProperty ? ` (${error.params.additionalProperty})` : "";
    return `${error.instancePath}: ${error.message}${extra}`;
  });
}

type Compile = (schema: JsonObject) => ValidateFunction;

function compiler(document: JsonObject, closed: boolean): Compile {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, validateSchema: true });
  addFormats.default(ajv);
  ajv.addVocabulary([...extensionKeywords(document)]);
  const schemas = asObject(asObject(document.components).schemas);
  for (const [name, schema] of Object.entries(schemas))
    ajv.addSchema(rewrite(schema, closed) as JsonObject, `schema:${name}`);
  return (schema) => ajv.compile(rewrite(schema, closed) as JsonObject);
}

function extensionKeywords(value: Json, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) extensionKeywords(item, found);
  else if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      if (key.startsWith("x-")) found.add(key);
      extensionKeywords(item, found);
    }
  }
  return found;
}

/** References lead to the added schemas; a closed object takes only the properties it names. */
function rewrite(value: Json, closed: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, closed));
  if (value === null || typeof value !== "object") return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const isRef = key === "$ref" && typeof item === "string";
    copy[key] = isRef ? item.replace("#/components/schemas/", "schema:") : rewrite(item, closed);
  }
  if (closed && copy.type === "object" && copy.properties && !("additionalProperties" in copy))
    copy.additionalProperties = false;
  return copy;
}

function readOperation(
  document: JsonObject,
  path: string,
  method: string,
  source: JsonObject,
  compile: Compile,
): Operation {
  const form = asObject(content(source.requestBody)?.schema ?? {});
  const parameters = [...urlParameters(document, source), ...formParameters(form)];
  const replies = Object.entries(asObject(source.responses)).map(([status, response]) => {
    const resolved = resolve(document, asObject(response));
    const contentType = Object.keys(asObject(resolved.content))[0] ?? "";
    return [Number(status), { contentType, validate: compile(asObject(content(resolved)?.schema ?? {})) }] as const;
  });
  return {
    id: String(source.operationId),
    method,
    path,
    auth: String(source["x-auth"]),
    call: String(source["x-call"]),
    parameters,
    dependentRequired: (form.dependentRequired ?? {}) as Record<string, string[]>,
    replies: new Map(replies),
    validators: new Map(
      parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, compile(parameter.schema)]),
    ),
  };
}

function urlParameters(document: JsonObject, source: JsonObject): Parameter[] {
  return ((source.parameters ?? []) as Json[]).map((reference) => {
    const parameter = resolve(document, asObject(reference));
    return {
      name: String(parameter.name),
      in: parameter.in as "path" | "query",
      required: parameter.required === true,
      schema: asObject(parameter.schema),
      evidence: String(parameter["x-evidence"]),
    };
  });
}

function formParameters(form: JsonObject): Parameter[] {
  const required = (form.required ?? []) as string[];
  return Object.entries(asObject(form.properties ?? {})).map(([name, schema]) => ({
    name,
    in: "form",
    required: required.includes(name),
    schema: asObject(schema),
    evidence: String(asObject(schema)["x-evidence"]),
  }));
}

function content(holder: Json | undefined): JsonObject | undefined {
  if (holder === undefined) return undefined;
  const [first] = Object.values(asObject(asObject(holder).content ?? {}));
  return first === undefined ? undefined : asObject(first);
}

function resolve(document: JsonObject, value: JsonObject): JsonObject {
  if (typeof value.$ref !== "string") return value;
  return value.$ref
    .slice(2)
    .split("/")
    .reduce<JsonObject>((node, key) => asObject(node[key]), document);
}

function asObject(value: Json | undefined): JsonObject {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new Error(`Not an object: ${JSON.stringify(value)}`);
  return value;
}
