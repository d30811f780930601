/** A connection that failed, kept apart from what ky itself throws. */
export class ConnectionFailed extends Error {}

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

/** The answer of a proxy that did not pass a request on. */
const refusedByProxy = /^PROXY_(\d+)$/;

/** What will be the same at the next attempt; a proxy that reaches nobody for the moment (5xx) may soon. */
const isFinalForProxy = /^PROXY_[1-4]/;

/** Code of a failed connection, found in the error or its causes, e.g. `ECONNREFUSED`. */
export function networkCode(error: unknown, depth = 4): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
  return networkCode(error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined), depth - 1);
}

/** Whether the certificate of the server is the reason. */
export const isUntrusted = (code: string | undefined): boolean => code !== undefined && untrusted.test(code);

/** Whether a failed connection proves that the server did not get the request. */
export const wasNeverSent = (code: string | undefined): boolean =>
  code !== undefined && (neverSent.has(code) || untrusted.test(code) || refusedByProxy.test(code));

/** Whether trying again is of no use. */
export const isFinal = (code: string | undefined): boolean =>
  isUntrusted(code) || (code !== undefined && isFinalForProxy.test(code));

/** The status by which a proxy refused to pass a request on. */
export const statusOfProxy = (code: string | undefined): string | undefined => refusedByProxy.exec(code ?? "")?.[1];
