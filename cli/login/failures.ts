import {
  AnomifyError,
  ApiError,
  AuthenticationError,
  NetworkError,
  PermissionError,
  RateLimitError,
  ResponseShapeError,
  TimeoutError,
} from "../../sdk/index.ts";

/** A failed login in the words of the person who tries it; anything else as it is. @param credential what a 401 says is wrong */
export function loginFailure(error: unknown, endpoint: string, credential: string): unknown {
  if (!(error instanceof AnomifyError)) return error;
  const what = reason(error, endpoint, credential);
  return what === undefined ? error : new Error(`${what} Nothing was stored.`, { cause: error });
}

function reason(error: AnomifyError, endpoint: string, credential: string): string | undefined {
  if (error instanceof AuthenticationError) return `${credential}.`;
  if (error instanceof RateLimitError) return `Too many attempts. Try again ${waitOf(error)}.`;
  if (error instanceof PermissionError || (error instanceof ApiError && error.code === 423)) {
    return `Anomify does not let this account in; it may be locked. ${error.message}`;
  }
  if (error instanceof NetworkError) {
    const hint = error.code === "ENOTFOUND" ? "There is no such host" : "No connection";
    return `Cannot reach ${endpoint}: ${hint}${error.code === undefined ? "" : ` (${error.code})`}. Check the network and --endpoint.`;
  }
  if (error instanceof TimeoutError) return `${endpoint} did not answer in time. Check the network and --endpoint.`;
  if (error instanceof ResponseShapeError || isElsewhere(error)) {
    return `${endpoint} does not answer as Anomify's API does. Check --endpoint. ${error.message}`;
  }
  return undefined;
}

const waitOf = ({ retryAfter }: RateLimitError): string =>
  retryAfter === undefined ? "later" : `in ${retryAfter} ${retryAfter === 1 ? "second" : "seconds"}`;

const isElsewhere = (error: AnomifyError): boolean =>
  error instanceof ApiError && (error.httpStatus === 404 || (error.httpStatus >= 300 && error.httpStatus < 400));
