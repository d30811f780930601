import { defineEndpoint } from "../endpoint.ts";
import { Message } from "../models/person.ts";

/** State of the service. */
export const status = {
  /** Reads the state of the service. Evidence: inferred. */
  get: defineEndpoint({
    operation: "getStatus",
    method: "GET",
    path: "/status",
    call: "safe",
    auth: "none",
    evidence: "inferred",
    params: {},
    data: Message,
  }),
};
