import { z } from "zod";
import { defineEndpoint, definePager } from "../endpoint.ts";
import { Message } from "../models/person.ts";
import { assumed, maybe, model } from "../models/shape.ts";
import { optional, secret, text } from "../wire.ts";
import { paging, span } from "./common.ts";

const history = defineEndpoint({
  operation: "listBillingHistory",
  method: "GET",
  path: "/billing/history",
  call: "safe",
  auth: "session",
  evidence: "inferred",
  params: { ...span, ...paging },
  data: model({
    history: assumed(
      z.array(
        model({
          id: maybe(z.string()),
          timestamp: maybe(z.int()),
          timestamp_string: maybe(z.string()),
          amount: maybe(z.number()),
          currency: maybe(z.string()),
          status: maybe(z.string()),
          url: maybe(z.string().nullable()),
        }),
      ),
    ),
  }),
});

/** Payments; for the dashboard. */
export const billing = {
  /** One page of past bills. Evidence: inferred. */
  history,
  /** All past bills, page by page. */
  iterateHistory: definePager(history, "history"),

  /** URL of a payment page. Evidence: assumed. */
  checkoutSession: defineEndpoint({
    operation: "getBillingCheckoutSession",
    method: "GET",
    path: "/billing/getcheckoutsession",
    call: "safe",
    auth: "session",
    evidence: "assumed",
    params: {
      /** Plan to buy. */
      plan: optional(text),
    },
    data: model({ url: assumed(z.string()) }),
  }),

  /** URL of the billing portal. Evidence: assumed. */
  portalSession: defineEndpoint({
    operation: "getBillingPortalSession",
    method: "GET",
    path: "/billing/getportalsession",
    call: "safe",
    auth: "session",
    evidence: "assumed",
    params: {},
    data: model({ url: assumed(z.string()) }),
  }),

  /** Where the payment page sends the browser back to. Made for browsers, not for clients. Evidence: assumed. */
  checkoutCallback: defineEndpoint({
    operation: "billingCheckoutCallback",
    method: "GET",
    path: "/billing/checkoutcallback",
    call: "idempotent",
    auth: "session",
    evidence: "assumed",
    params: {
      /** Id of the payment session; not the API session. */
      checkout_session_id: secret(optional(text)),
    },
    data: Message,
  }),
};
