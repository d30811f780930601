// Asks otherwise than the contract says where the service refuses that, and remembers what worked.
import { type Endpoint, type HttpMethod, isOmittable } from "./endpoint.ts";
import { groups } from "./endpoints/index.ts";
import { ApiError, NotFoundError } from "./errors.ts";
import { type ClientEvent, notify } from "./events.ts";
import type { Settings } from "./options.ts";
import type { WireRequest } from "./request.ts";
import type { Transport } from "./transport.ts";

/** How an operation is asked otherwise than its row says. */
interface Adaptation {
  readonly method: HttpMethod;
  /** Parameters that are not sent, in our names. */
  readonly omit: readonly string[];
}

/** A transport that adapts to the service, with what it has learnt. */
export interface AdaptingTransport {
  readonly send: Transport;
  /** Whether a parameter of an operation is no longer sent. */
  readonly omits: (operation: string, parameter: string) => boolean;
}

/**
 * Makes a transport that asks once more when the service refuses the way of asking, and not what is asked: with another method
 * after a 405, or a 404 of the path; without an optional parameter of a read that the service calls unknown.
 *
 * Only after a refusal, so that nothing is done twice. What worked is remembered for all calls of the client, and its observer is
 * notified once, with the override that makes it permanent.
 */
export function adaptToService(send: Transport, { onEvent }: Settings): AdaptingTransport {
  const known = new Map<string, Adaptation>();

  const remember = (endpoint: Endpoint, adaptation: Adaptation, refusal: ApiError | undefined): void => {
    if (refusal === undefined || isSame(known.get(endpoint.operation), adaptation)) return;
    known.set(endpoint.operation, adaptation);
    notify(onEvent, eventOf(endpoint, adaptation, refusal));
  };

  return {
    omits: (operation, parameter) => known.get(operation)?.omit.includes(parameter) === true,
    send: async (endpoint, request, options) => {
      let adaptation = known.get(endpoint.operation) ?? { method: endpoint.method, omit: [] };
      let refusal: ApiError | undefined;
      for (;;) {
        try {
          const adapted = { ...endpoint, method: adaptation.method };
          const answered = await send(adapted, adaptedRequest(endpoint, request, adaptation), options);
          remember(endpoint, adaptation, refusal);
          return answered;
        } catch (error) {
          const next = error instanceof ApiError ? adaptationAfter(error, endpoint, request, adaptation) : undefined;
          if (next !== undefined) {
            refusal ??= error as ApiError;
            adaptation = next;
            continue;
          }
          if (refusal === undefined) throw error;
          // The method was right if the service now refuses, or fails at, what is asked.
          const isAnswered = !(error instanceof ApiError) || ![404, 405].includes(error.code);
          if (!isAnswered || adaptation.omit.length > 0) throw isAnswered ? error : refusal;
          if (error instanceof ApiError) remember(endpoint, adaptation, refusal);
          throw error;
        }
      }
    },
  };
}

const isSame = (left: Adaptation | undefined, right: Adaptation): boolean =>
  left !== undefined && left.method === right.method && left.omit.join() === right.omit.join();

function adaptedRequest(endpoint: Endpoint, request: WireRequest, { method, omit }: Adaptation): WireRequest {
  if (method === endpoint.method && omit.length === 0) return request;
  const sent = new URLSearchParams(request.query ?? request.form);
  for (const name of omit) sent.delete(wireName(endpoint, name));
  return {
    ...request,
    query: method === "GET" && sent.size > 0 ? sent : undefined,
    form: method !== "GET" && (request.form !== undefined || sent.size > 0) ? sent : undefined,
    where: () => request.where().replace(endpoint.method, method),
  };
}

const wireName = ({ real }: Endpoint, name: string): string => real?.params.get(name) ?? name;

/** What to try after a refusal; undefined when it is about what is asked. */
function adaptationAfter(
  error: ApiError,
  endpoint: Endpoint,
  request: WireRequest,
  tried: Adaptation,
): Adaptation | undefined {
  // An earlier attempt of a write may have worked.
  if (error.outcome !== "refused") return undefined;
  if (error.code === 400 || error.code === 422) {
    const unknown = unknownParameters(error, endpoint, request).filter((name) => !tried.omit.includes(name));
    return unknown.length === 0 ? undefined : { ...tried, omit: [...tried.omit, ...unknown] };
  }
  if (tried.method !== endpoint.method) return undefined;
  const isRefused = error.code === 405 || (error.code === 404 && isAboutPath(error, endpoint, request));
  const method = isRefused ? otherMethod(endpoint, error.allow) : undefined;
  return method === undefined ? undefined : { ...tried, method };
}

/** A 404 of the path, not of the object that the request names. */
function isAboutPath(error: ApiError, endpoint: Endpoint, request: WireRequest): boolean {
  if (endpoint.call === "non-idempotent") return false;
  if (!(error instanceof NotFoundError)) return true;
  if (endpoint.call !== "safe" || endpoint.path.includes("{")) return false;
  const sent = [...(request.query ?? request.form ?? [])].map(([name]) => name);
  return !sent.some((name) => name.endsWith("_id") || name === "id");
}

/** Nothing else of the API may be behind the method, or a read would become a write. */
function otherMethod(endpoint: Endpoint, allow: readonly string[] | undefined): HttpMethod | undefined {
  const candidates: readonly HttpMethod[] = endpoint.call === "safe" ? ["POST"] : ["POST", "PUT"];
  return candidates.find(
    (method) =>
      method !== endpoint.method &&
      (allow === undefined || allow.includes(method)) &&
      !rows().some((row) => row.path === endpoint.path && row.method === method),
  );
}

const rows = (): Endpoint[] =>
  Object.values(groups).flatMap((group) =>
    Object.values<Endpoint | { readonly endpoint: Endpoint }>(group).map((row) =>
      "endpoint" in row ? row.endpoint : row,
    ),
  );

const UNKNOWN =
  /unknown|unexpected|unrecogni[sz]ed|unsupported|not (supported|allowed|recogni[sz]ed|known)|no such param/i;

/** Parameters that were sent and can be left out, and that the service does not know. */
function unknownParameters({ errors = {}, reason }: ApiError, endpoint: Endpoint, request: WireRequest): string[] {
  const sent = request.query ?? request.form;
  return Object.keys(endpoint.params)
    .filter((name) => isOmittable(endpoint, name) && sent?.has(wireName(endpoint, name)) === true)
    .filter((name) => {
      const said = errors[name] ?? reason;
      if (!UNKNOWN.test(said)) return false;
      return errors[name] !== undefined || new RegExp(`\\b${wireName(endpoint, name)}\\b`).test(reason);
    });
}

function eventOf(endpoint: Endpoint, { method, omit }: Adaptation, refusal: ApiError): ClientEvent {
  const { operation, path } = endpoint;
  const override = {
    ...(method === endpoint.method ? {} : { method }),
    ...(omit.length === 0 ? {} : { params: Object.fromEntries(omit.map((name) => [name, null])) }),
  };
  return {
    type: "adaptation",
    operation,
    method: endpoint.method,
    path,
    attempt: 1,
    status: refusal.code,
    override: { [operation]: override },
  };
}
