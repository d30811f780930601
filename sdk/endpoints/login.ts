import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { Session } from "../models/person.ts";
import { assumed, documented, inferred, maybe, model } from "../models/shape.ts";
import { email, optional, secret, text } from "../wire.ts";

const accepted = model({ message: documented(maybe(z.string())) });

/** Sessions and lost passwords. The client never keeps a session that a reply brings: make a new client with it. */
export const login = {
  /**
   * Logs in. `data.session.id` is what a client takes as `sessionId`; when `two_factor_required` is true, `validateClient` with
   * that session comes first.
   *
   * May send out a code and count as an attempt. Evidence: inferred.
   */
  login: defineEndpoint({
    operation: "login",
    method: "POST",
    path: "/login",
    call: "non-idempotent",
    auth: "none",
    evidence: "inferred",
    names: "inferred",
    params: { email, password: secret(text) },
    data: model({ session: inferred(Session), two_factor_required: assumed(maybe(z.boolean())) }),
  }),

  /** Gives the second factor for a new client, or renews a known one. Not for demo users. Evidence: documented. */
  validateClient: defineEndpoint({
    operation: "validateClient",
    method: "POST",
    path: "/login/validateclient",
    call: "non-idempotent",
    auth: "session",
    evidence: "documented",
    names: "documented",
    params: {
      /** Second-factor code. */
      code: secret(text),
      /** Names the login attempt when another client validates it. */
      token: secret(optional(text)),
    },
    data: model({ message: documented(maybe(z.string())), session: documented(Session) }),
  }),

  /** Asks for a reset e-mail. Answers the same whether or not the address is known. Evidence: documented. */
  forgotPassword: defineEndpoint({
    operation: "forgotPassword",
    method: "POST",
    path: "/login/forgotpassword",
    call: "non-idempotent",
    auth: "none",
    evidence: "documented",
    names: "documented",
    params: { email },
    data: accepted,
  }),

  /** Sets a new password with the code from the e-mail. Evidence: documented. */
  resetPassword: defineEndpoint({
    operation: "resetPassword",
    method: "POST",
    path: "/login/resetpassword",
    call: "non-idempotent",
    auth: "none",
    evidence: "documented",
    names: "documented",
    params: {
      /** Code from the e-mail. */
      token: secret(text),
      new_password_1: secret(text),
      /** The same again. */
      new_password_2: secret(text),
    },
    data: accepted,
  }),
};
