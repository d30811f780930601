import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";

/** The vendor's own contract. */
export const doc = {
  /**
   * Reads the vendor's OpenAPI document.
   *
   * Its path was seen, its content not; that it comes without the envelope is assumed, with one it is unpacked. Evidence: inferred.
   */
  openapi: defineEndpoint({
    operation: "getOpenApi",
    method: "GET",
    path: "/doc/openapi",
    call: "safe",
    auth: "none",
    evidence: "inferred",
    reply: "document",
    params: {},
    data: z.record(z.string(), z.unknown()).meta({ presence: "assumed" }),
  }),
};
