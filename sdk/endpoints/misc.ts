import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { assumed, maybe, model } from "../models/shape.ts";
import { unixSeconds } from "../wire.ts";

/** Small helps for forms. */
export const misc = {
  /** Lists the accepted time zones, as IANA names. Evidence: documented. */
  timezones: defineEndpoint({
    operation: "listTimezones",
    method: "GET",
    path: "/misc/timezones",
    call: "safe",
    auth: "none",
    evidence: "documented",
    params: {},
    data: model({ timezones: assumed(z.array(z.string())) }),
  }),

  /** Lists country dialing codes. Evidence: inferred. */
  phoneCodes: defineEndpoint({
    operation: "listPhoneCodes",
    method: "GET",
    path: "/misc/phonecodes",
    call: "safe",
    auth: "none",
    evidence: "inferred",
    params: {},
    data: model({
      phone_codes: assumed(
        z.array(model({ country_code: maybe(z.string()), name: maybe(z.string()), phone_code: maybe(z.string()) })),
      ),
    }),
  }),

  /** Puts a moment in words, seen from now. Evidence: inferred. */
  timeSince: defineEndpoint({
    operation: "getTimeSince",
    method: "GET",
    path: "/misc/timesince",
    call: "safe",
    auth: "none",
    evidence: "inferred",
    params: { timestamp: unixSeconds },
    data: model({ time_since: assumed(z.string()) }),
  }),
};
