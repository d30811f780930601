import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { Session, User } from "../models/person.ts";
import { assumed, documented, maybe, model } from "../models/shape.ts";
import { email, flag, integer, optional, secret, text } from "../wire.ts";

/** New organizations. */
export const signup = {
  /** Makes an organization and its first user, an admin; a code goes out by e-mail. Evidence: documented. */
  selfServe: defineEndpoint({
    operation: "signup",
    method: "POST",
    path: "/signup/selfserve",
    call: "non-idempotent",
    auth: "none",
    evidence: "documented",
    names: "documented",
    params: {
      email,
      /** Name of the first user. */
      user_name: text,
      org_name: text,
      /** One of `misc.timezones`. */
      timezone: text,
      /** Fill with test data, which may vanish from time to time. @default false */
      test_data: optional(flag),
    },
    data: model({ user: documented(User) }),
  }),

  /** Confirms the address, sets the password and logs in. Evidence: documented. */
  verify: defineEndpoint({
    operation: "verifySignup",
    method: "POST",
    path: "/signup/verify",
    call: "non-idempotent",
    auth: "none",
    evidence: "documented",
    names: "documented",
    params: {
      email,
      /** Code from the e-mail. */
      verification_token: secret(text),
      password_1: secret(text),
      /** The same again. */
      password_2: secret(text),
    },
    data: model({ session: documented(Session) }),
  }),

  /** Enters a demo organization. Evidence: inferred. */
  demo: defineEndpoint({
    operation: "signupDemo",
    method: "POST",
    path: "/signup/demo",
    call: "non-idempotent",
    auth: "none",
    evidence: "inferred",
    params: {
      email,
      /** Which demo organization. */
      demo_org_id: optional(integer),
    },
    data: model({ session: assumed(Session) }),
  }),

  /** Lists the demo organizations. Evidence: inferred. */
  demoOrgs: defineEndpoint({
    operation: "listDemoOrgs",
    method: "GET",
    path: "/signup/demo-orgs",
    call: "safe",
    auth: "none",
    evidence: "inferred",
    params: {},
    data: model({ demo_orgs: assumed(z.array(model({ id: z.int(), name: maybe(z.string()) }))) }),
  }),
};
