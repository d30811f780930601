/**
 * Whether a write may have taken effect.
 *
 * - `not-sent`: the server never got the request, nothing changed.
 * - `refused`: the server answered that it did not do it, nothing changed. Also every failed read that was sent.
 * - `unknown`: it may have taken effect: look before sending it again.
 */
export type Outcome = "refused" | "not-sent" | "unknown";

/** What every error of the client can say about the call it belongs to. */
export interface ErrorContext {
  /** Name of the operation in the contract, e.g. `updateWatcher`. */
  readonly operation?: string | undefined;
  /** HTTP method. */
  readonly method?: string | undefined;
  /** Path template, without values and query, e.g. `/watcher/{watcher_id}/update`. */
  readonly path?: string | undefined;
  readonly outcome: Outcome;
  readonly cause?: Error | undefined;
}

/**
 * Base of every error of the client. The message is one line: what happened, the status, method and path. It never holds a token,
 * session, password or webhook URL, and neither does `cause`.
 */
export class AnomifyError extends Error {
  declare readonly operation?: string;
  declare readonly method?: string;
  declare readonly path?: string;
  /** Whether a write may have taken effect. */
  readonly outcome: Outcome;

  constructor(message: string, context: ErrorContext) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    // Not enumerable and not the constructor's name: bundlers rename classes.
    Object.defineProperty(this, "name", { value: "AnomifyError", configurable: true, writable: true });
    if (context.operation !== undefined) this.operation = context.operation;
    if (context.method !== undefined) this.method = context.method;
    if (context.path !== undefined) this.path = context.path;
    this.outcome = context.outcome;
  }

  /** Plain data for logs; the stack is left out. */
  toJSON(): object {
    return { ...this, name: this.name, message: this.message };
  }
}

function nameOf(error: AnomifyError, name: string): void {
  Object.defineProperty(error, "name", { value: name, configurable: true, writable: true });
}

/** The client was made with options it cannot work with, or an operation needs a credential that the client was not given. */
export class InvalidOptionsError extends AnomifyError {
  constructor(message: string, context: Partial<ErrorContext> = {}) {
    super(message, { ...context, outcome: "not-sent" });
    nameOf(this, "InvalidOptionsError");
  }
}

/** One parameter that was refused, by its wire name. The reason never quotes the value. */
export interface InvalidParameter {
  readonly parameter: string;
  readonly reason: string;
}

/** Parameters were refused before anything was sent; `parameters` lists all of them. */
export class InvalidRequestError extends AnomifyError {
  readonly parameters: readonly InvalidParameter[];

  constructor(message: string, context: ErrorContext & { readonly parameters: readonly InvalidParameter[] }) {
    super(message, context);
    nameOf(this, "InvalidRequestError");
    this.parameters = context.parameters;
  }
}

/** What the server said when it refused. */
export interface ApiErrorContext extends ErrorContext {
  /** Status of the HTTP reply; 200 when only `status.code` says of the failure. */
  readonly httpStatus: number;
  /** `status.code` of the envelope, or the HTTP status when there was no envelope. */
  readonly code: number;
  /** Per rejected parameter: wire name to reason (assumed: no failure body has been seen). */
  readonly errors?: Record<string, string> | undefined;
  /** Seconds the server asks to wait. */
  readonly retryAfter?: number | undefined;
  /** Methods that the path takes, by the server's `Allow` header. */
  readonly allow?: readonly string[] | undefined;
  /** What the server said, in its own words; empty when it said nothing. */
  readonly reason?: string | undefined;
}

/** The server answered, and not with success. */
export class ApiError extends AnomifyError {
  readonly httpStatus: number;
  readonly code: number;
  declare readonly errors?: Record<string, string>;
  declare readonly retryAfter?: number;
  declare readonly allow?: readonly string[];
  /** What the server said, in its own words; part of the message. */
  declare readonly reason: string;

  constructor(message: string, context: ApiErrorContext) {
    super(message, context);
    nameOf(this, "ApiError");
    this.httpStatus = context.httpStatus;
    this.code = context.code;
    if (context.errors !== undefined) this.errors = context.errors;
    if (context.retryAfter !== undefined) this.retryAfter = context.retryAfter;
    if (context.allow !== undefined) this.allow = context.allow;
    // Not enumerable: the message has it already.
    Object.defineProperty(this, "reason", { value: context.reason ?? "" });
  }
}

/** 400: parameters were refused by the server. */
export class BadRequestError extends ApiError {
  constructor(message: string, context: ApiErrorContext) {
    super(message, context);
    nameOf(this, "BadRequestError");
  }
}

/** 401: the token or the session is missing or no longer valid. */
export class AuthenticationError extends ApiError {
  constructor(message: string, context: ApiErrorContext) {
    super(message, context);
    nameOf(this, "AuthenticationError");
  }
}

/** 403: the token or the person may not do this. */
export class PermissionError extends ApiError {
  constructor(message: string, context: ApiErrorContext) {
    super(message, context);
    nameOf(this, "PermissionError");
  }
}

/** 404 from the API itself. A 404 page from something in between is a plain `ApiError`: it proves nothing about the object. */
export class NotFoundError extends ApiError {
  constructor(message: string, context: ApiErrorContext) {
    super(message, context);
    nameOf(this, "NotFoundError");
  }
}

/** 429, also after all retries. */
export class RateLimitError extends ApiError {
  constructor(message: string, context: ApiErrorContext) {
    super(message, context);
    nameOf(this, "RateLimitError");
  }
}

/** 5xx, also after all retries. */
export class ServerError extends ApiError {
  constructor(message: string, context: ApiErrorContext) {
    super(message, context);
    nameOf(this, "ServerError");
  }
}

/** No reply: the name was not found, the connection refused, cut, or not trusted. `code` is the system's, e.g. `ECONNREFUSED`. */
export class NetworkError extends AnomifyError {
  declare readonly code?: string;

  constructor(message: string, context: ErrorContext & { readonly code?: string | undefined }) {
    super(message, context);
    nameOf(this, "NetworkError");
    if (context.code !== undefined) this.code = context.code;
  }
}

/** No reply in time: to one attempt (`timeout`), or to the call with all its retries and waits (`deadline`). */
export class TimeoutError extends AnomifyError {
  readonly limit: "timeout" | "deadline";

  constructor(message: string, context: ErrorContext & { readonly limit: "timeout" | "deadline" }) {
    super(message, context);
    nameOf(this, "TimeoutError");
    this.limit = context.limit;
  }
}

/** The caller's `AbortSignal` ended the call. */
export class AbortedError extends AnomifyError {
  constructor(message: string, context: ErrorContext) {
    super(message, context);
    nameOf(this, "AbortedError");
  }
}

/** The server reported success, but the reply lacks something that is needed, or is no reply of this API at all. */
export class ResponseShapeError extends AnomifyError {
  /** Where inside the reply, e.g. `data.watchers[0].name`; empty when the whole reply is unusable. */
  readonly at: string;
  /** How sure the contract is of that item. */
  readonly evidence: "documented" | "engine" | "inferred" | "assumed";
  /** A write that was answered with success and nothing else: no body, or a message or an id alone. */
  readonly saysLittle: boolean;

  constructor(
    message: string,
    context: ErrorContext & {
      readonly at: string;
      readonly evidence: "documented" | "engine" | "inferred" | "assumed";
      readonly saysLittle?: boolean;
    },
  ) {
    super(message, context);
    nameOf(this, "ResponseShapeError");
    this.at = context.at;
    this.evidence = context.evidence;
    this.saysLittle = context.saysLittle ?? false;
  }
}

type ApiErrorClass = new (message: string, context: ApiErrorContext) => ApiError;

const classByStatus: ReadonlyMap<number, ApiErrorClass> = new Map<number, ApiErrorClass>([
  [400, BadRequestError],
  [401, AuthenticationError],
  [403, PermissionError],
  [404, NotFoundError],
  [429, RateLimitError],
]);

/** The error class of a failed reply. */
export function apiErrorClass(status: number): ApiErrorClass {
  return classByStatus.get(status) ?? (status >= 500 && status < 600 ? ServerError : ApiError);
}
