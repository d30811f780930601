import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";

/** Script for web pages. */
export const js = {
  /** Script that sends events from a web page, as text. Evidence: assumed. */
  eventSender: defineEndpoint({
    operation: "getEventSenderScript",
    method: "GET",
    path: "/js/eventsender",
    call: "safe",
    auth: "none",
    evidence: "assumed",
    reply: "script",
    params: {},
    data: z.string(),
  }),
};
