import { isLoopback } from "./endpoint-url.ts";
import { InvalidOptionsError } from "./errors.ts";

/** The proxy that requests to an endpoint go through. */
export interface EnvironmentProxy {
  /** Holds its credentials. */
  readonly url: URL;
  /** The environment variable that names it. */
  readonly variable: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for an endpoint; `undefined` where requests go straight to it.
 *
 * `HTTPS_PROXY` is for https endpoints and `HTTP_PROXY` for http ones; a variable in lower case comes first, as in curl. Names
 * in `NO_PROXY` are reached without one. So is this machine, as in Go: a proxy elsewhere cannot reach it.
 *
 * @throws InvalidOptionsError when the value of the variable cannot be one; it is not quoted, since it may hold credentials
 */
export function proxyOf(endpoint: string, environment: Environment): EnvironmentProxy | undefined {
  const target = new URL(endpoint);
  const names = target.protocol === "https:" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"];
  const variable = names.find((name) => isSet(environment[name]));
  if (variable === undefined || isLoopback(target.hostname)) return undefined;
  const exempt = [environment.no_proxy, environment.NO_PROXY].find(isSet) ?? "";
  if (isExempt(target, exempt)) return undefined;
  return { url: parseProxy(variable, environment[variable] ?? ""), variable };
}

const isSet = (value: string | undefined): boolean => value !== undefined && value.trim() !== "";

function parseProxy(variable: string, value: string): URL {
  // A host and a port alone, as in curl.
  const text = value.includes("://") ? value.trim() : `http://${value.trim()}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if ((url?.protocol === "http:" || url?.protocol === "https:") && isDecodable(url)) return url;
  throw new InvalidOptionsError(
    `The environment variable ${variable} must be the http or https URL of a proxy, with special characters of a password percent-encoded. Correct it, or name the host of the endpoint in NO_PROXY.`,
  );
}

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** Whether a list such as `.internal, anomify.example:8443` names the target. A name stands for everything below it too. */
function isExempt({ protocol, hostname, port }: URL, list: string): boolean {
  const targetPort = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, name = "", entryPort] = /^(.*?)(?::(\d+))?$/.exec(withBrackets(entry)) ?? [];
      if (entryPort !== undefined && entryPort !== targetPort) return false;
      const domain = name.replace(/^\*?\./, "");
      return hostname === domain || hostname.endsWith(`.${domain}`);
    });
}

/** An IPv6 address as a URL writes it. */
const withBrackets = (entry: string): string => (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:]*$/.test(entry) ? `[${entry}]` : entry);

/** How a message names it: without its credentials. */
export const inMessage = ({ url, variable }: EnvironmentProxy): string => `the proxy ${url.origin} (${variable})`;

/** A proxy that did not pass a request on. */
export class ProxyRefused extends Error {
  /** `PROXY_` and the status of its answer. */
  readonly code: string;
  constructor(status: string) {
    super(`The proxy answered ${status}.`);
    this.code = `PROXY_${status}`;
  }
}

/**
 * The `fetch` that sends to an endpoint: the platform's, or one that goes through the proxy of the environment.
 *
 * The proxy is used by undici's own `fetch`: the agents of one version of undici do not serve the `fetch` that another version
 * of Node.js has built in. Node's own support of these variables is off by default, and missing before 22.21.
 */
export function fetchThrough(proxy: EnvironmentProxy | undefined): typeof fetch {
  if (proxy === undefined) return globalThis.fetch;
  let loaded: Promise<Through> | undefined;
  return async (input, init) => {
    // Loaded here: most have no proxy.
    loaded ??= load(proxy);
    const { send } = await loaded;
    return await send(new Request(input, init)).catch((error: unknown): never => {
      const refusal = refusalIn(error);
      throw refusal === undefined ? error : new ProxyRefused(refusal);
    });
  };
}

interface Through {
  readonly send: (request: Request) => Promise<Response>;
}

async function load({ url }: EnvironmentProxy): Promise<Through> {
  const undici = await import("undici");
  const { username, password } = url;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const dispatcher = new undici.ProxyAgent({
    uri: url.origin,
    // Proxies pass http on when they are asked for the whole URL; many open tunnels to port 443 alone.
    proxyTunnel: false,
    ...(username === "" ? {} : { token: `Basic ${Buffer.from(credentials).toString("base64")}` }),
  });
  return {
    send: async (request) => {
      const response = await undici.fetch(request.url, {
        method: request.method,
        headers: Array.from(request.headers),
        body: request.body === null ? null : await request.text(),
        signal: request.signal,
        redirect: "manual",
        dispatcher,
      });
      // The same class of another copy of undici: what is read of it is the same.
      return response as unknown as Response;
    },
  };
}

/** The status by which a proxy refused to pass on; undici has it in the text of the cause alone. */
function refusalIn(error: unknown, depth = 4): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  const [, status] = /^Proxy (?:response|Authentication Required) \((\d+)\)/.exec(error.message) ?? [];
  return status ?? refusalIn(error.cause, depth - 1);
}
