/** What permits an endpoint that is not https. */
export interface EndpointRule {
  /** Whether http is permitted for hosts other than this machine. */
  readonly allowInsecure: boolean;
  /** How the setting that permits it is written, for the message. */
  readonly permit: string;
}

/** Whether requests to the endpoint travel in clear, and not just within this machine. False for what is no URL. */
export function isInsecure(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "http:" && !isLoopback(hostname);
}

/** Why the client does not take this endpoint; `undefined` when it does. The endpoint is not quoted: it may hold credentials. */
export function refusalOfEndpoint(endpoint: string, { allowInsecure, permit }: EndpointRule): string | undefined {
  if (!URL.canParse(endpoint)) return "must be an absolute URL.";
  const { protocol, username, password } = new URL(endpoint);
  if (protocol !== "https:" && protocol !== "http:") return "must be an https URL.";
  if (username !== "" || password !== "") {
    return "must not contain a user name or password; use token or sessionId.";
  }
  if (/[?#]/.test(endpoint)) return "must not have a query or a fragment.";
  if (isInsecure(endpoint) && !allowInsecure) {
    return `must be https, or credentials would travel in clear; ${permit} permits http.`;
  }
  return undefined;
}

/** What is to be said, of an endpoint whose credentials others can read; `undefined` of all others. */
export function warningOfEndpoint(endpoint: string): string | undefined {
  if (!isInsecure(endpoint)) return undefined;
  return "The endpoint is http, as allowInsecureEndpoint permits: whoever is between here and there reads the credential and everything else, and can change it.";
}

/** Not `*.localhost`: some systems ask a name server for it. The URL parser has brought other spellings into these. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
