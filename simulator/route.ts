import type { Call } from "./call.ts";
import type { ParamSpecs } from "./params.ts";

/** A reply that travels without the envelope. */
export class RawReply {
  readonly contentType: string;
  readonly body: Buffer;

  constructor(contentType: string, body: Buffer) {
    this.contentType = contentType;
    this.body = body;
  }
}

/** `data` of a success, or a reply without the envelope. */
export type Answer = Readonly<Record<string, unknown>> | RawReply;

/** One operation. */
export interface Route {
  operation: string;
  method: "GET" | "POST" | "PUT";
  path: string;
  auth: "none" | "token-or-session" | "session";
  /** The session may still be waiting for its second factor. */
  beforeLogin?: true;
  /** Whether cached-read mode applies: a fetch that reads from the organization. */
  cacheable?: true;
  params?: ParamSpecs;
  /** A parameter that needs others beside it. */
  needs?: Readonly<Record<string, readonly string[]>>;
  /** Notes further problems before anything changes; runs even when some parameters are bad already. */
  check?(call: Call): void;
  handle(call: Call): Answer;
}

type Details = Omit<Route, "operation" | "method" | "path" | "auth" | "handle"> & { auth?: Route["auth"] };

/** A row of a route table: `METHOD /path`, the operation, what is special about it, what it does. */
export function route(
  target: `${Route["method"]} /${string}`,
  operation: string,
  details: Details,
  handle: Route["handle"],
): Route {
  const [method, path] = target.split(" ", 2) as [Route["method"], string];
  return { auth: "token-or-session", ...details, operation, method, path, handle };
}
