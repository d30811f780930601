import type { CallClass } from "./endpoint.ts";

/** Failures before the request could have reached a server. */
const neverSent: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A certificate that is not trusted: nothing was sent, and nothing gets better by trying again. */
const untrusted = /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** Code of a failed connection, found in the error or its causes, e.g. `ECONNREFUSED`. */
export function networkCode(error: unknown, depth = 4): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
  return networkCode(error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined), depth - 1);
}

/** Whether a failed connection proves that the server did not get the request. */
export const wasNeverSent = (code: string | undefined): boolean =>
  code !== undefined && (neverSent.has(code) || untrusted.test(code));

/** Whether a failed connection is worth another attempt. */
export function retriesNetwork(call: CallClass, code: string | undefined): boolean {
  if (code !== undefined && untrusted.test(code)) return false;
  return call !== "once" || wasNeverSent(code);
}

/** Whether a silent server is worth another attempt: it may have carried out what was asked. */
export const retriesTimeout = (call: CallClass): boolean => call !== "once";

/**
 * A write that ends in the same state when it is sent twice is sent again after a 500 too: whether the failed one took effect
 * does not matter. 501 says that the service cannot do it at all.
 */
const statuses: Readonly<Record<CallClass, readonly number[]>> = {
  read: [429, 500, 502, 503, 504],
  repeatable: [429, 500, 502, 503, 504],
  once: [429],
};

/** The statuses after which a call is tried again. */
export const retriedStatuses = (call: CallClass): number[] => [...statuses[call]];

/** Milliseconds that a `Retry-After` header asks for: seconds, or an HTTP date. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  // Date.parse reads a date into nearly anything, "1.5" too.
  const at = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Longest back-off before retry `count` (from 1); the wait is random between 0 and this. */
export const backOff = (first: number, cap: number, count: number): number => Math.min(cap, first * 2 ** (count - 1));
