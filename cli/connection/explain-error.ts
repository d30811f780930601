import { AuthenticationError, NetworkError, PermissionError, TimeoutError } from "../../sdk/index.ts";
import { proxyOf } from "../../sdk/proxy.ts";
import { type ConnectionOptions, chosenProfile, openSettings } from "./connection.ts";

/**
 * A failure in the words of the one who gave the command: a refused credential with where it came from and how to get a valid
 * one, a service that does not answer with its address. `undefined` for other errors.
 */
export async function explainError(error: unknown, options: ConnectionOptions): Promise<string | undefined> {
  if (error instanceof NetworkError || error instanceof TimeoutError) return await unreachable(error, options);
  if (!(error instanceof AuthenticationError || error instanceof PermissionError)) return undefined;
  // The profile was read before; when it is gone by now the error itself is reported.
  const profile = await chosenProfile(options).catch(() => null);
  if (profile === null) return undefined;
  if (error instanceof PermissionError) {
    if (!profile?.demo) return undefined;
    return `Profile "${profile.name}" is a demo account, which may look but not change anything. ${error.message}`;
  }
  if (profile === undefined) {
    const variable = process.env.ANOMIFY_TOKEN ? "ANOMIFY_TOKEN" : "ANOMIFY_SESSION_ID";
    return `Anomify does not accept the credential in the environment variable ${variable}. Set a valid one, or unset it and log in with: anomify login`;
  }
  const again = `anomify login --profile ${profile.name}`;
  return profile.token === undefined
    ? `The session of profile "${profile.name}" is no longer valid. Log in again with: ${again}`
    : `Anomify does not accept the token of profile "${profile.name}". Store a valid one with: ${again} --token-stdin`;
}

async function unreachable(error: Error, options: ConnectionOptions): Promise<string | undefined> {
  const opened = await openSettings(options).catch(() => undefined);
  if (opened === undefined) return undefined;
  const from = opened.endpointFrom;
  return `${error.message}\nThe endpoint is ${opened.settings.endpoint}, from ${from}. ${nextStep(opened.settings.endpoint)}`;
}

/** What to check when an endpoint does not answer, by whether the environment names a proxy for it. */
export function nextStep(endpoint: string): string {
  // The client that failed was made of the same environment.
  const proxy = proxyOf(endpoint, process.env);
  if (proxy !== undefined) {
    return `Check the endpoint, the network and ${proxy.variable}; NO_PROXY names hosts that are reached without a proxy.`;
  }
  const variable = endpoint.startsWith("http:") ? "HTTP_PROXY" : "HTTPS_PROXY";
  return `Check the endpoint and the network. No proxy is used; ${variable} names one.`;
}
