// Typed client of the Anomify REST API.
export type * from "./client.gen.ts";
export { createClient } from "./client.ts";
export type { CallClass, Evidence } from "./endpoint.ts";
export {
  AbortedError,
  AnomifyError,
  ApiError,
  AuthenticationError,
  BadRequestError,
  InvalidOptionsError,
  type InvalidParameter,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  type Outcome,
  PermissionError,
  RateLimitError,
  ResponseShapeError,
  ServerError,
  TimeoutError,
} from "./errors.ts";
export type { ClientEvent, Observer } from "./events.ts";
export type * from "./models.gen.ts";
export type { Advice, CallOptions, ClientOptions } from "./options.ts";
export type { PartialList, Reply } from "./reply.ts";
export { version } from "./version.ts";
export type { UnixTime } from "./wire.ts";
export { checkWireOverrides, type WireOverride, type WireOverrides } from "./wire-overrides/index.ts";
