import { DEFAULT_ENDPOINT } from "./default-endpoint.ts";
import { refusalOfEndpoint } from "./endpoint-url.ts";
import { InvalidOptionsError } from "./errors.ts";
import type { Observer } from "./events.ts";
import { type EnvironmentProxy, fetchThrough, proxyOf } from "./proxy.ts";
import { version } from "./version.ts";
import type { WireOverrides } from "./wire-overrides/index.ts";

/** Options of {@link createClient}. At most one of `token` and `sessionId`; without both only calls that need neither work. */
export interface ClientOptions {
  /**
   * Base URL of the API: https, or http on a loopback host. A path is kept, a trailing slash does not matter.
   *
   * @default "https://api.anomify.ai"
   */
  readonly endpoint?: string | undefined;
  /**
   * Permits an http endpoint that is not on a loopback host. Credentials then travel in clear.
   *
   * @default false
   */
  readonly allowInsecureEndpoint?: boolean | undefined;
  /** Token of the organization; stands for nobody in particular. Sent as `X-Auth-Token`. */
  readonly token?: string | undefined;
  /** Session of a person who has logged in. Sent as `X-Session-Id`. */
  readonly sessionId?: string | undefined;
  /**
   * Milliseconds that one attempt may take, reading of the reply included.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds that a call may take with all its retries and waits.
   *
   * @default 120_000
   */
  readonly deadline?: number | undefined;
  /**
   * Attempts after the first one. What is retried depends on the call: safe calls and idempotent writes after 429, 500,
   * 502, 503, 504, broken
   * connections and timeouts; other writes only when they were certainly not processed.
   *
   * @default 4
   */
  readonly retries?: number | undefined;
  /**
   * First back-off in milliseconds, doubled for each retry. The wait is random between 0 and that.
   *
   * @default 300
   */
  readonly retryDelay?: number | undefined;
  /**
   * Cap of the back-off in milliseconds. A `Retry-After` of the server is honored even if it is longer, up to the deadline.
   *
   * @default 10_000
   */
  readonly maxRetryDelay?: number | undefined;
  /**
   * Calls of this client under way at once; further ones wait. A call keeps its place while it backs off.
   *
   * @default 10
   */
  readonly concurrency?: number | undefined;
  /**
   * Most requests per second, retries included, spread evenly. No limit of Anomify is documented, so there is none by default;
   * whatever is set here, a refusal for too many requests (429) stops all calls of the client for the time that it asks for.
   */
  readonly requestsPerSecond?: number | undefined;
  /**
   * Bytes of the largest reply that is read, unpacked. A larger one is a `ResponseShapeError`, and the rest of it is not read.
   *
   * @default 67_108_864
   */
  readonly maxReplyBytes?: number | undefined;
  /** Ends all calls of the client. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Value of the `User-Agent` header.
   *
   * @default "pulumi-anomify/<version>"
   */
  readonly userAgent?: string | undefined;
  /**
   * Sends requests; gets a `Request`.
   *
   * @default the global `fetch`, or one that goes through the proxy of `HTTPS_PROXY` and `NO_PROXY`
   */
  readonly fetch?: typeof fetch | undefined;
  /** Notified of each attempt, retry and reply. What it throws is ignored. */
  readonly onEvent?: Observer | undefined;
  /** Real names of parameters and reply fields, where the service uses others than this release assumes. */
  readonly wire?: WireOverrides | undefined;
  /** Next steps for messages, in the words of whoever made the client: it knows where the settings came from. */
  readonly advice?: Advice | undefined;
}

/** Whole sentences that messages of errors end with. */
export interface Advice {
  /** The credential is refused (401). */
  readonly unauthorized?: string | undefined;
  /** There was no answer. */
  readonly unreachable?: string | undefined;
}

/** Options of one call. */
export interface CallOptions {
  /** Ends this call, also while it waits for its turn or backs off. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for this call with all its retries and waits; the client's when left out. */
  readonly deadline?: number | undefined;
  /**
   * Whether a list is welcome of which the service says that there is more, and does not give it. The reply then has `partial`.
   *
   * @default false, an error
   */
  readonly allowPartial?: boolean | undefined;
}

/** Options with every default filled in. */
export interface Settings {
  /** Without a trailing slash. */
  readonly endpoint: string;
  readonly token: string | undefined;
  readonly sessionId: string | undefined;
  readonly timeout: number;
  readonly deadline: number;
  readonly retries: number;
  readonly retryDelay: number;
  readonly maxRetryDelay: number;
  readonly concurrency: number;
  readonly requestsPerSecond: number | undefined;
  readonly maxReplyBytes: number;
  readonly signal: AbortSignal | undefined;
  readonly userAgent: string;
  readonly fetch: typeof fetch;
  /** What `fetch` goes through. */
  readonly proxy: EnvironmentProxy | undefined;
  readonly onEvent: Observer | undefined;
  readonly advice: Advice;
}

/** The longest wait that a timer of the platform can make. */
const longest = 2_147_483_647;

/** Checks the options and fills in the defaults. Throws {@link InvalidOptionsError}. */
export function resolveOptions(options: ClientOptions): Settings {
  const token = credential("token", options.token);
  const sessionId = credential("sessionId", options.sessionId);
  if (token !== undefined && sessionId !== undefined) {
    throw new InvalidOptionsError(
      "Give either token or sessionId, not both: the server looks at the session and ignores the token.",
    );
  }
  const endpoint = endpointOf(options);
  const proxy = proxyOf(endpoint, process.env);
  return {
    endpoint,
    token,
    sessionId,
    timeout: whole("timeout", options.timeout, 30_000, 1),
    deadline: whole("deadline", options.deadline, 120_000, 1),
    retries: whole("retries", options.retries, 4, 0),
    retryDelay: whole("retryDelay", options.retryDelay, 300, 0),
    maxRetryDelay: whole("maxRetryDelay", options.maxRetryDelay, 10_000, 0),
    concurrency: whole("concurrency", options.concurrency, 10, 1),
    requestsPerSecond: whole("requestsPerSecond", options.requestsPerSecond, undefined, 1),
    maxReplyBytes: whole("maxReplyBytes", options.maxReplyBytes, 64 * 1024 * 1024, 1),
    signal: options.signal,
    userAgent: headerValue("userAgent", options.userAgent ?? `pulumi-anomify/${version}`),
    fetch: options.fetch ?? fetchThrough(proxy),
    proxy,
    onEvent: options.onEvent,
    advice: options.advice ?? {},
  };
}

/** Checks the deadline of one call. */
export function deadlineOf(options: CallOptions, fallback: number): number {
  return whole("deadline", options.deadline, fallback, 1);
}

function whole<Fallback extends number | undefined>(
  name: string,
  value: number | undefined,
  fallback: Fallback,
  least: number,
): number | Fallback {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= least && value <= longest) return value;
  throw new InvalidOptionsError(`${name} must be a whole number from ${least} to ${longest}.`);
}

function headerValue(name: string, value: unknown): string {
  if (typeof value === "string" && /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(value)) return value;
  throw new InvalidOptionsError(`${name} must be a text of visible ASCII characters.`);
}

function credential(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  // As a shell, a .env file or a copy from JSON leaves it.
  if (/^(["'`\u201c\u2018]).*(["'`\u201d\u2019])$/su.test(value)) {
    throw new InvalidOptionsError(`${name} is in quotes. Give it without them.`);
  }
  const text = headerValue(name, value);
  if (!text.includes(" ")) return text;
  throw new InvalidOptionsError(`${name} must not contain spaces.`);
}

function endpointOf({ endpoint = DEFAULT_ENDPOINT, allowInsecureEndpoint = false }: ClientOptions): string {
  const rule = { allowInsecure: allowInsecureEndpoint, permit: "allowInsecureEndpoint: true" };
  const refusal = refusalOfEndpoint(endpoint, rule);
  if (refusal !== undefined) throw new InvalidOptionsError(`endpoint ${refusal}`);
  const { origin, pathname } = new URL(endpoint);
  return origin + pathname.replace(/\/+$/, "");
}
