import { refusalOfEndpoint, warningOfEndpoint } from "../../sdk/endpoint-url.ts";
import { note } from "../terminal/output.ts";

/** What a client that a command makes for itself is given. */
export interface Address {
  readonly endpoint: string;
  readonly allowInsecureEndpoint: boolean;
}

/**
 * Checks the endpoint before anything is asked or sent, and warns of one whose credentials others can read.
 *
 * @throws Error when it cannot be one; its text is not quoted
 */
export function addressOf(endpoint: string): Address {
  const allowInsecureEndpoint = process.env.ANOMIFY_ALLOW_INSECURE_ENDPOINT === "true";
  const permit = "ANOMIFY_ALLOW_INSECURE_ENDPOINT=true";
  const refusal = refusalOfEndpoint(endpoint, { allowInsecure: allowInsecureEndpoint, permit });
  if (refusal !== undefined) throw new Error(`The endpoint ${refusal}`);
  warnOfEndpoint(endpoint);
  return { endpoint, allowInsecureEndpoint };
}

/** On stderr; says nothing of a safe one. */
export function warnOfEndpoint(endpoint: string): void {
  const warning = warningOfEndpoint(endpoint);
  if (warning !== undefined) note(`Warning: ${warning}`);
}
