import type { Route } from "../route.ts";
import { RawReply, route } from "../route.ts";

/** Calls about the service itself: ping, status, doc. */
export function serviceRoutes(openapi: () => object): readonly Route[] {
  return [
    route("GET /ping", "ping", { auth: "none" }, () => ({ ping: "pong" })),
    route("GET /status", "getStatus", { auth: "none" }, () => ({ message: "All systems are up." })),
    route(
      "GET /doc/openapi",
      "getOpenApi",
      { auth: "none" },
      () => new RawReply("application/json", Buffer.from(JSON.stringify(openapi()))),
    ),
  ];
}
