import { type ClientOptions, createClient } from "../../sdk/index.ts";
import type { Settings } from "./config.ts";
import { Organization, type Tell } from "./organization.ts";

/** Makes the client that the settings describe, and the organization behind it. Nothing is sent yet. */
export function connect(settings: Settings, signal: AbortSignal, tell: Tell): Organization {
  return new Organization(createClient(clientOptions(settings, signal)), settings, tell);
}

/** The settings in the client's words. */
export function clientOptions(settings: Settings, signal: AbortSignal): ClientOptions {
  const { endpoint, token, sessionId, timeoutSeconds, retries, wire } = settings;
  return { endpoint, token, sessionId, deadline: timeoutSeconds * 1000, retries, wire, signal };
}
