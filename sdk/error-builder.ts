import type { Call } from "./call-state.ts";
import { isUntrusted, networkCode, statusOfProxy, wasNeverSent } from "./connection-failure.ts";
import type { Endpoint } from "./endpoint.ts";
import {
  AbortedError,
  type AnomifyError,
  ApiError,
  apiErrorClass,
  type ErrorContext,
  NetworkError,
  type Outcome,
  RateLimitError,
  ResponseShapeError,
  TimeoutError,
} from "./errors.ts";
import { afterNoSuchPath, afterRefusal } from "./hints.ts";
import type { Advice } from "./options.ts";
import { type EnvironmentProxy, inMessage } from "./proxy.ts";
import { decidingStatus, isObject, type RawResponse } from "./raw-response.ts";
import { excerpt, type Scrub, safeCause } from "./redact.ts";
import { inSeconds, retryAfterMs } from "./retry.ts";

/** "update watcher" for `updateWatcher`. */
export const inWords = (operation: string): string =>
  operation.replace(/[A-Z]+/g, (letters) => ` ${letters.toLowerCase()}`).trim();

/** Whether the call may have taken effect, as far as its attempts show. */
export function outcomeOf({ endpoint, state }: Call): Outcome {
  if (state.uncertain && endpoint.call !== "safe") return "unknown";
  return state.uncertain || state.answered ? "refused" : "not-sent";
}

/** The part that all errors of a call share. */
export function contextOf(call: Call, cause?: unknown): ErrorContext {
  const { operation, method, path } = call.endpoint;
  return { operation, method, path, outcome: outcomeOf(call), cause: safeCause(cause, call.request.scrub) };
}

/** Puts a message together: what, how often, what may have happened, the next step (a whole sentence), and where. */
export function sentence(call: Call, what: string, next?: string): string {
  const { attempts } = call.state;
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  const warning = outcomeOf(call) === "unknown" ? " It may have taken effect." : "";
  return `${what}${tries}.${warning}${next === undefined ? "" : ` ${next}`} ${call.request.where()}`;
}

/** The error of a reply that is not a success. */
export function replyError(call: Call, reply: RawResponse, { unauthorized }: Advice = {}): AnomifyError {
  const status = decidingStatus(reply);
  const said = failureOf(call, reply);
  const retryAfter = retryAfterMs(reply.retryAfter, Date.now());
  const context = {
    ...contextOf(call),
    httpStatus: reply.httpStatus,
    code: reply.code ?? reply.httpStatus,
    errors: said.errors,
    reason: said.message,
    allow: reply.allow,
    retryAfter: retryAfter === undefined ? undefined : Math.ceil(retryAfter / 1000),
  };
  const doing = inWords(call.endpoint.operation);
  if (reply.httpStatus >= 300 && reply.httpStatus < 400) {
    const target = reply.redirectsTo === undefined ? "" : ` to ${call.request.scrub(reply.redirectsTo)}`;
    const what = `Anomify answered with a redirect${target} (${status}) when asked to ${doing}; redirects are not followed, check the endpoint`;
    return new ApiError(sentence(call, what), context);
  }
  // A 404 page of a proxy must not pass for "this object does not exist".
  const Class = status === 404 && reply.json === undefined ? ApiError : apiErrorClass(status);
  const details = [said.message === "" ? `${status}` : `${status}: ${said.message}`, call.state.note].filter(Boolean);
  const verb = status >= 500 ? "failed" : "refused";
  const what = `Anomify ${verb} to ${doing} (${details.join("; ")})`;
  const next = status === 401 ? unauthorized : nextStep(call, reply, said);
  return new Class(sentence(call, what, next), context);
}

function nextStep({ endpoint }: Call, reply: RawResponse, { message, errors = {} }: Said): string | undefined {
  const status = decidingStatus(reply);
  if (status === 400) return afterRefusal(endpoint, { errors: Object.keys(errors), message });
  return status === 404 && reply.code === undefined ? afterNoSuchPath(endpoint) : undefined;
}

interface Said {
  readonly message: string;
  readonly errors: Record<string, string> | undefined;
}

/** So many reasons stand in a message; all of them are in `errors`. */
const MAX_REASONS = 10;

/** What a failed reply says. The failure body is assumed, so nothing of it is insisted on. */
function failureOf({ endpoint, request: { scrub } }: Call, reply: RawResponse): Said {
  if (!isObject(reply.json)) return { message: pageOf(reply, scrub), errors: undefined };
  const data = [reply.json.data, reply.json.result].find(isObject) ?? reply.json;
  const given = messageOf(data)
    .map((text) => excerpt(text, scrub).replace(/\.$/, ""))
    .join("; ");
  const errors = reasonsOf(endpoint, data.errors, scrub);
  const reasons = Object.entries(errors ?? {}).map(([name, reason]) => `${name}: ${reason.replace(/\.$/, "")}`);
  const unsaid = reasons.filter((reason) => !given.includes(reason.slice(reason.indexOf(": ") + 2)));
  const more = unsaid.length > MAX_REASONS ? [`and ${unsaid.length - MAX_REASONS} more`] : [];
  const explanation = [given, ...unsaid.slice(0, MAX_REASONS), ...more];
  return { message: explanation.filter((part) => part !== "").join("; "), errors };
}

/** The texts of a failure: {message}, {error}, {error: {message}}, {errors: [text, {message}]}. */
function messageOf({ message, error, errors }: Record<string, unknown>): string[] {
  if (typeof message === "string" && message !== "") return [message];
  if (typeof error === "string" && error !== "") return [error];
  if (isObject(error)) return messageOf(error);
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, MAX_REASONS).flatMap((item) => (typeof item === "string" ? [item] : messageOf(at(item))));
}

const at = (item: unknown): Record<string, unknown> => (isObject(item) ? item : {});

function reasonsOf(endpoint: Endpoint, errors: unknown, scrub: Scrub): Record<string, string> | undefined {
  if (!isObject(errors)) return undefined;
  const ours = new Map(Array.from(endpoint.real?.params ?? [], ([name, real]) => [real, name]));
  const entries = Object.entries(errors).map(([name, reason]): [string, string] => {
    const text = typeof reason === "string" ? reason : JSON.stringify(reason);
    return [ours.get(name) ?? excerpt(name, scrub, 60), excerpt(text, scrub)];
  });
  return Object.fromEntries(entries);
}

/** A body that is not JSON, described by its type and its first words. */
export function pageOf(reply: RawResponse, scrub: Scrub): string {
  if (reply.bytes.length === 0) return "";
  const type = reply.contentType === "" ? "text without a content type" : excerpt(reply.contentType, scrub, 60);
  if (!/^text\/|xml|json|^$/.test(reply.contentType)) return `not JSON but ${type}`;
  const text = new TextDecoder().decode(reply.bytes.subarray(0, 20_000));
  // Scrubbed before tags are taken out, which could take out the middle of a secret.
  const words = scrub(text).replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^>]*>/gi, " ");
  const first = excerpt(words, scrub, 80);
  return first === "" ? `not JSON but ${type}` : `not JSON but ${type}: "${first}"`;
}

/** The error of a reply that is not read to its end because it is larger than `most` bytes. */
export function replyTooLarge(call: Call, most: number): ResponseShapeError {
  const { operation, evidence } = call.endpoint;
  const what = `The reply to ${inWords(operation)} (${operation}) cannot be used: it is larger than ${most} bytes, the limit of this client (option maxReplyBytes)`;
  return new ResponseShapeError(sentence(call, what), { ...contextOf(call), at: "", evidence });
}

/** What a connection goes through, and what is said of one that fails. */
interface Network {
  readonly proxy: EnvironmentProxy | undefined;
  readonly advice: Advice;
}

/** The error of a call whose connection failed. */
export function networkError(call: Call, cause: unknown, network: Network): NetworkError {
  const code = networkCode(cause);
  const doing = inWords(call.endpoint.operation);
  const refused = statusOfProxy(code);
  const why =
    refused === undefined ? (code ?? excerpt(innermost(cause), call.request.scrub)) : `the proxy answered ${refused}`;
  const what = wasNeverSent(code)
    ? `Could not connect to Anomify to ${doing} (${why})`
    : `The connection to Anomify broke when asked to ${doing} (${why})`;
  return new NetworkError(sentence(call, what, afterConnection(code, network)), { ...contextOf(call, cause), code });
}

/** The next step after a connection that failed, as far as the network's own settings have a part in it. */
function afterConnection(code: string | undefined, { proxy, advice }: Network): string | undefined {
  const steps: string[] = advice.unreachable === undefined ? [] : [advice.unreachable];
  if (proxy !== undefined) steps.push(`It goes through ${inMessage(proxy)}.`);
  if (statusOfProxy(code) === "407") {
    const { protocol = "http:" } = proxy?.url ?? {};
    steps.push(
      `Put the user and password of the proxy into its address: ${protocol}//<user>:<password>@<host>:<port>.`,
    );
  }
  if (isUntrusted(code) && code !== "CERT_HAS_EXPIRED" && code !== "ERR_TLS_CERT_ALTNAME_INVALID") {
    steps.push(
      "Where a certificate of your own network is in use, name the file of its authority in NODE_EXTRA_CA_CERTS.",
    );
  }
  return steps.length === 0 ? undefined : steps.join(" ");
}

/** undici says "fetch failed" to everything; the reason is in the cause. */
const innermost = (error: unknown): string => {
  if (!(error instanceof Error)) return "no reason given";
  return error.cause instanceof Error ? innermost(error.cause) : error.message;
};

/** The error of a call that was not sent because the pause that the service asked another call for ends after its deadline. */
export function pausedTooLong(call: Call, pause: number): RateLimitError {
  const doing = inWords(call.endpoint.operation);
  const what = `Anomify was not asked to ${doing}: it refused another call of this client (429; ${call.state.note})`;
  const retryAfter = Math.ceil(pause / 1000);
  return new RateLimitError(sentence(call, what), { ...contextOf(call), httpStatus: 429, code: 429, retryAfter });
}

/** The error of a call whose last attempt was not answered in time. */
export function attemptTimeout(call: Call, timeout: number, network: Network): TimeoutError {
  const what = `Anomify did not answer within ${inSeconds(timeout)} when asked to ${inWords(call.endpoint.operation)}`;
  return new TimeoutError(sentence(call, what, afterConnection(undefined, network)), {
    ...contextOf(call),
    limit: "timeout",
  });
}

/** The error of a call that ran out of time altogether. */
export function deadlineReached(call: Call, deadline: number): TimeoutError {
  const { attempts, failure } = call.state;
  const last =
    attempts === 0 ? "waiting for other calls" : failure === undefined ? undefined : `last failure: ${failure}`;
  const doing = inWords(call.endpoint.operation);
  const what = `No success within the deadline of ${inSeconds(deadline)} to ${doing}${last === undefined ? "" : ` (${last})`}`;
  return new TimeoutError(sentence(call, what), { ...contextOf(call), limit: "deadline" });
}

/** The error of a call that the caller ended. */
export function aborted(call: Call, reason: unknown): AbortedError {
  const what = `The call to ${inWords(call.endpoint.operation)} was aborted`;
  return new AbortedError(sentence(call, what), contextOf(call, reason));
}
