import { createClient } from "../../sdk/index.ts";
import type { Settings } from "./config.ts";
import { Organization } from "./organization.ts";

/** Makes the client that the settings describe, and the organization behind it. Nothing is sent yet. */
export function connect(settings: Settings, signal: AbortSignal, warn: (message: string) => void): Organization {
  const { endpoint, token, sessionId, timeoutSeconds, retries, wire } = settings;
  const client = createClient({
    endpoint,
    ...(token === undefined ? {} : { token }),
    ...(sessionId === undefined ? {} : { sessionId }),
    deadline: timeoutSeconds * 1000,
    retries,
    wire,
    signal,
  });
  return new Organization(client, settings, warn);
}
