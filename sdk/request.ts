import { type Endpoint, namesInPath } from "./endpoint.ts";
import { type InvalidParameter, InvalidRequestError } from "./errors.ts";
import { createScrub, type Scrub } from "./redact.ts";
import { type ParamTable, Refusal } from "./wire.ts";

/** What is sent. */
export interface WireRequest {
  /** Filled in and percent-encoded, with a leading slash. */
  readonly path: string;
  /** Of a GET. */
  readonly query: URLSearchParams | undefined;
  /** Of a write that has parameters outside its path. */
  readonly form: URLSearchParams | undefined;
  /** Method and path for messages, secrets masked. */
  readonly where: () => string;
  /** Masks the client's secrets and those of this request. */
  readonly scrub: Scrub;
}

/** Encodes the parameters of a call, or refuses all the bad ones at once. */
export function encodeRequest(endpoint: Endpoint, given: object, clientSecrets: readonly string[]): WireRequest {
  const problems: InvalidParameter[] = [];
  const encoded = encodeAll(endpoint.params, given, problems);
  const inPath = new Set(namesInPath(endpoint.path));
  for (const name of inPath) {
    const reason = refusalOfSegment(encoded.get(name));
    if (reason !== undefined) problems.push({ parameter: name, reason });
  }
  if (problems.length > 0) throw invalidRequest(endpoint, problems);
  const secrets = [...encoded].filter(([name]) => endpoint.params[name]?.secret).map(([, value]) => value);
  const { real } = endpoint;
  const outside = [...encoded].filter(([name]) => !inPath.has(name) && real?.omit.has(name) !== true);
  const rest = new URLSearchParams(
    real ? outside.map(([name, text]) => [real.params.get(name) ?? name, text]) : outside,
  );
  const hasRest = Object.keys(endpoint.params).some((name) => !inPath.has(name));
  const fill = (value: (name: string) => string) =>
    endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => value(name));
  const shown = (name: string) =>
    endpoint.params[name]?.secret ? `{${name}}` : encodeURIComponent(encoded.get(name) ?? "");
  const isGet = endpoint.method === "GET";
  const scrub = createScrub([...clientSecrets, ...secrets]);
  return {
    path: fill((name) => encodeURIComponent(encoded.get(name) ?? "")),
    query: isGet && rest.size > 0 ? rest : undefined,
    form: !isGet && hasRest ? rest : undefined,
    where: () => `${endpoint.method} ${scrub(fill(shown))}`,
    scrub,
  };
}

function encodeAll(table: ParamTable, given: object, problems: InvalidParameter[]): Map<string, string> {
  const encoded = new Map<string, string>();
  for (const [parameter, value] of Object.entries(given)) {
    if (value !== undefined && !Object.hasOwn(table, parameter)) {
      problems.push({ parameter, reason: "is not a parameter of this call" });
    }
  }
  for (const [parameter, param] of Object.entries(table)) {
    const value: unknown = Object.hasOwn(given, parameter) ? Reflect.get(given, parameter) : undefined;
    if (value === undefined) {
      if (param.required) problems.push({ parameter, reason: "is required" });
      continue;
    }
    try {
      const text = param.encode(value as never);
      if (text !== undefined) encoded.set(parameter, text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push({ parameter, reason: error.message });
    }
  }
  return encoded;
}

/** A dot segment would be resolved away, and the request would go to another path. */
const refusalOfSegment = (segment: string | undefined): string | undefined =>
  segment === "." || segment === ".." ? 'must not be "." or ".."' : undefined;

function invalidRequest(endpoint: Endpoint, parameters: readonly InvalidParameter[]): InvalidRequestError {
  const list = parameters.map(({ parameter, reason }) => `${parameter} ${reason}`).join("; ");
  const { operation, method, path } = endpoint;
  const message = `Not sent to Anomify (${operation}): ${list}. ${method} ${path}`;
  return new InvalidRequestError(message, { operation, method, path, outcome: "not-sent", parameters });
}
