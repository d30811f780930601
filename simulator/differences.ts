import type { Received, Reply } from "./http.ts";
import { jsonReply } from "./http.ts";
import type { Route } from "./route.ts";
import { route } from "./route.ts";

/**
 * One way in which the simulated service is not what the contract says. An operation is named by its operationId; a reply field by
 * its dotted path inside `data`, with `[]` for the items of a list: `watchers[].chips`. Other operations keep their names.
 */
export type Difference =
  /** The reply has another key in the field's place. */
  | { kind: "renamed-field"; operation: string; field: string; to: string }
  /** The field is there with another type: its text, its length as a number, or whether it is anything. */
  | { kind: "mistyped-field"; operation: string; field: string; type: "string" | "number" | "boolean" }
  /** The parameter of the query or the form is read under another name; the old one is ignored. */
  | { kind: "renamed-parameter"; operation: string; parameter: string; to: string }
  /** 404. */
  | { kind: "missing-operation"; operation: string }
  /** The path is another one, with the same `{parameters}`; the old one answers 404. */
  | { kind: "moved-path"; operation: string; path: `/${string}` }
  /** An operation that the contract does not know. */
  | { kind: "added-operation"; operation: string; method: Route["method"]; path: `/${string}`; data?: object }
  /** Other keys around every reply. `status: null` leaves the first half out, `data: null` spreads the second one. */
  | { kind: "envelope"; status?: string | null; data?: string | null };

type Of<Kind extends Difference["kind"]> = Extract<Difference, { kind: Kind }>;
type Json = Record<string, unknown>;

/** Differences of one kind. */
export const ofKind = <Kind extends Difference["kind"]>(differences: readonly Difference[], kind: Kind): Of<Kind>[] =>
  differences.filter((difference): difference is Of<Kind> => difference.kind === kind);

/** The operations as the differing service has them. Throws when a difference could never show. */
export function differingRoutes(routes: readonly Route[], differences: readonly Difference[]): readonly Route[] {
  for (const difference of differences) refuseIdle(routes, difference);
  const missing = new Set(ofKind(differences, "missing-operation").map(({ operation }) => operation));
  const moved = new Map(ofKind(differences, "moved-path").map(({ operation, path }) => [operation, path]));
  const added = ofKind(differences, "added-operation").map(({ operation, method, path, data }) =>
    route(`${method} ${path}`, operation, {}, () => ({ ...data })),
  );
  const kept = routes.filter(({ operation }) => !missing.has(operation));
  return [...kept.map((row) => ({ ...row, path: moved.get(row.operation) ?? row.path })), ...added];
}

function refuseIdle(routes: readonly Route[], difference: Difference): void {
  if (difference.kind === "envelope" || difference.kind === "added-operation") return;
  const row = routes.find(({ operation }) => operation === difference.operation);
  if (!row) throw new Error(`There is no operation "${difference.operation}".`);
  if (difference.kind !== "renamed-parameter") return;
  const { operation, parameter } = difference;
  if (!Object.hasOwn(row.params ?? {}, parameter) || row.path.includes(`{${parameter}}`))
    throw new Error(`${operation} has no parameter "${parameter}" in its query or form.`);
}

/** The request as the contract has it. */
export function translateRequest(
  received: Received,
  operation: string | null,
  differences: readonly Difference[],
): Received {
  const renamed = ofKind(differences, "renamed-parameter").filter((difference) => difference.operation === operation);
  if (renamed.length === 0) return received;
  const translate = (sent: Record<string, string>) => {
    const names = new Map(renamed.map(({ parameter, to }) => [to, parameter]));
    const ignored = new Set(renamed.map(({ parameter }) => parameter));
    const entries = Object.entries(sent).filter(([name]) => !ignored.has(name));
    return Object.fromEntries(entries.map(([name, value]) => [names.get(name) ?? name, value]));
  };
  return { ...received, query: translate(received.query), form: translate(received.form) };
}

/** The reply as the differing service sends it. */
export function differingReply(reply: Reply, operation: string | null, differences: readonly Difference[]): Reply {
  const envelopes = ofKind(differences, "envelope");
  const fields = [...ofKind(differences, "mistyped-field"), ...ofKind(differences, "renamed-field")].filter(
    (difference) => difference.operation === operation,
  );
  const parameters = ofKind(differences, "renamed-parameter").filter(
    (difference) => difference.operation === operation,
  );
  if (envelopes.length + fields.length + parameters.length === 0) return reply;
  if (!reply.headers["content-type"]?.startsWith("application/json")) return reply;
  const body = JSON.parse(reply.body.toString("utf8")) as Json;
  // A document without the envelope stays as it is.
  if (!isObject(body.status) || !isObject(body.data)) return reply;
  for (const difference of fields) changeField(body.data, difference);
  // A refusal names the parameters that the service takes.
  const { errors } = body.data;
  if (isObject(errors)) {
    const names = new Map(parameters.map(({ parameter, to }) => [parameter, to]));
    body.data.errors = Object.fromEntries(
      Object.entries(errors).map(([name, reason]) => [names.get(name) ?? name, reason]),
    );
  }
  const sent = envelopes.reduce<Json>((inner, envelope) => wrap(inner, envelope), body);
  return jsonReply(reply.status, sent, reply.headers);
}

function wrap({ status, data, ...rest }: Json, envelope: Of<"envelope">): Json {
  const statusKey = envelope.status === undefined ? "status" : envelope.status;
  const dataKey = envelope.data === undefined ? "data" : envelope.data;
  return {
    ...rest,
    ...(statusKey !== null && { [statusKey]: status }),
    ...(dataKey === null ? (data as Json) : { [dataKey]: data }),
  };
}

function changeField(data: Json, difference: Of<"renamed-field"> | Of<"mistyped-field">): void {
  const { steps, key } = splitField(difference.field);
  for (const place of placesOf(data, steps)) {
    if (!Object.hasOwn(place, key)) continue;
    if (difference.kind === "mistyped-field") place[key] = mistyped(place[key], difference.type);
    else {
      place[difference.to] = place[key];
      delete place[key];
    }
  }
}

function mistyped(value: unknown, type: "string" | "number" | "boolean"): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (type === "boolean") return value !== null;
  return type === "string" ? text : text.length;
}

/** `watchers[].alerts[].ref`: where it is, and its key. */
export function splitField(field: string): { steps: string[]; key: string } {
  const steps = field.split(".").flatMap((step) => (step.endsWith("[]") ? [step.slice(0, -2), "[]"] : [step]));
  return { key: steps.pop() ?? "", steps };
}

function placesOf(value: unknown, steps: readonly string[]): Json[] {
  const [step, ...rest] = steps;
  if (step === undefined) return isObject(value) ? [value] : [];
  if (step === "[]") return Array.isArray(value) ? value.flatMap((item) => placesOf(item, rest)) : [];
  return isObject(value) ? placesOf(value[step], rest) : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
