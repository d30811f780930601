import type { Difference } from "./differences.ts";
import { ofKind, splitField } from "./differences.ts";

type Json = Record<string, unknown>;

/** The OpenAPI document of the differing service. Replies that the document does not describe stay undescribed. */
export function differingDocument(document: object, differences: readonly Difference[]): object {
  if (differences.length === 0) return document;
  const copy = structuredClone(document) as Json;
  for (const difference of differences) {
    if (difference.kind === "added-operation") addOperation(copy, difference);
    else if (difference.kind !== "envelope") changeOperation(copy, difference);
  }
  for (const envelope of ofKind(differences, "envelope")) wrapReplies(copy, envelope);
  return copy;
}

type OfOperation = Exclude<Difference, { kind: "added-operation" | "envelope" }>;

function changeOperation(document: Json, difference: OfOperation): void {
  const found = operations(document).find(({ source }) => source.operationId === difference.operation);
  if (!found) return;
  const { path, method, source } = found;
  switch (difference.kind) {
    case "missing-operation":
      removeOperation(document, path, method);
      break;
    case "moved-path":
      removeOperation(document, path, method);
      at(document.paths)[difference.path] = { ...at(at(document.paths)[difference.path]), [method]: source };
      break;
    case "renamed-parameter":
      renameParameter(document, source, difference.parameter, difference.to);
      break;
    case "renamed-field":
    case "mistyped-field":
      changeField(document, source, difference);
  }
}

function operations(document: Json): { path: string; method: string; source: Json }[] {
  return Object.entries(at(document.paths)).flatMap(([path, item]) =>
    Object.entries(at(item)).map(([method, source]) => ({ path, method, source: at(source) })),
  );
}

function addOperation(document: Json, difference: Extract<Difference, { kind: "added-operation" }>): void {
  const { operation, method, path } = difference;
  const item = at(at(document.paths)[path]);
  const added = { operationId: operation, responses: { 200: { description: "Success." } } };
  at(document.paths)[path] = { ...item, [method.toLowerCase()]: added };
}

function removeOperation(document: Json, path: string, method: string): void {
  const item = at(at(document.paths)[path]);
  delete item[method];
  if (Object.keys(item).length === 0) delete at(document.paths)[path];
}

function renameParameter(document: Json, source: Json, name: string, to: string): void {
  if (Array.isArray(source.parameters)) {
    source.parameters = source.parameters.map((reference: Json) => {
      const parameter = resolved(document, reference);
      return parameter.name === name ? { ...parameter, name: to } : reference;
    });
  }
  const [media] = Object.values(at(at(source.requestBody).content)).map(at);
  const schema = at(media?.schema);
  if (!Object.hasOwn(at(schema.properties), name)) return;
  schema.properties = renamedKey(at(schema.properties), name, to);
  if (Array.isArray(schema.required)) schema.required = schema.required.map((each) => (each === name ? to : each));
}

function changeField(
  document: Json,
  source: Json,
  difference: Extract<Difference, { kind: "renamed-field" | "mistyped-field" }>,
): void {
  const { steps, key } = splitField(difference.field);
  const media = mediaOf(document, source);
  if (!media) return;
  media.schema = inlined(document, at(media.schema));
  let node = at(media.schema);
  for (const step of ["data", ...steps]) {
    const holder = step === "[]" ? node : at(node.properties);
    const name = step === "[]" ? "items" : step;
    if (!Object.hasOwn(holder, name)) return;
    node = inlined(document, at(holder[name]));
    holder[name] = node;
  }
  const properties = at(node.properties);
  if (!Object.hasOwn(properties, key)) return;
  if (difference.kind === "mistyped-field") {
    properties[key] = { ...inlined(document, at(properties[key])), type: difference.type };
    return;
  }
  const { to } = difference;
  node.properties = renamedKey(properties, key, to);
  if (Array.isArray(node.required)) node.required = node.required.map((each) => (each === key ? to : each));
}

function wrapReplies(document: Json, envelope: Extract<Difference, { kind: "envelope" }>): void {
  for (const { source } of operations(document)) {
    const media = mediaOf(document, source);
    const schema = at(media?.schema);
    const properties = at(schema.properties);
    if (!media || !properties.data || !properties.status) continue;
    if (envelope.data === null) media.schema = properties.data;
    else {
      const { status, data } = properties;
      const statusKey = envelope.status === undefined ? "status" : envelope.status;
      const wrapped = { ...(statusKey !== null && { [statusKey]: status }), [envelope.data ?? "data"]: data };
      media.schema = { ...schema, required: Object.keys(wrapped), properties: wrapped };
    }
  }
}

function mediaOf(document: Json, source: Json): Json | undefined {
  const reply = resolved(document, at(at(source.responses)["200"]));
  const media = at(reply.content)["application/json"];
  return media === undefined ? undefined : at(media);
}

/** A copy of what a reference, or the choice between null and something, leads to: a shared schema must not change everywhere. */
function inlined(document: Json, node: Json): Json {
  const target = structuredClone(resolved(document, node));
  if (!Array.isArray(target.oneOf)) return target;
  const choice = target.oneOf.find((each: Json) => each.type !== "null");
  return choice === undefined ? target : inlined(document, at(choice));
}

function resolved(document: Json, node: Json): Json {
  if (typeof node.$ref !== "string") return node;
  const keys = node.$ref.replace(/^#\//, "").split("/");
  return keys.reduce<Json>((inner, key) => at(inner[key]), document);
}

const renamedKey = (properties: Json, from: string, to: string): Json =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key === from ? to : key, value]));

const at = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {});
