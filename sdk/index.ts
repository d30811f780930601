// Typed client of the Anomify REST API.
export { type AnomifyClient, createClient, type Method, type Methods } from "./client.ts";
export type { Auth, CallClass, Endpoint, Evidence, Pager, ParamsOf, ReplyKind } from "./endpoint.ts";
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
export type * from "./models/index.ts";
export type { Advice, CallOptions, ClientOptions } from "./options.ts";
export type { PartialList, Reply } from "./reply.ts";
export { version } from "./version.ts";
export type { UnixTime } from "./wire.ts";
export { checkWireOverrides, type WireOverride, type WireOverrides } from "./wire-overrides/index.ts";
