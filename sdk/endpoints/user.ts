import { z } from "zod";
import { defineEndpoint } from "../endpoint.ts";
import { Message, Session, User } from "../models/person.ts";
import { assumed, documented, inferred, maybe, model } from "../models/shape.ts";
import { clearable, flag, integer, optional, secret, text } from "../wire.ts";

const userReply = model({ user: assumed(User) });

const passwordParams = {
  /** Present password. */
  old_password: secret(text),
  /** New password. */
  new_password_1: secret(text),
  /** The same again. */
  new_password_2: secret(text),
} as const;

/** One person. */
export const user = {
  /**
   * Reads one person: with a session and without `user_id` the one who is logged in. With the token `user_id` is needed, as the
   * token stands for nobody. Evidence: inferred.
   */
  info: defineEndpoint({
    operation: "getUser",
    method: "GET",
    path: "/user/info",
    call: "safe",
    auth: "token-or-session",
    evidence: "inferred",
    params: { user_id: optional(integer) },
    data: userReply,
  }),

  /**
   * Changes a person. A parameter that is left out keeps its value; `null` or `""` clear (both assumed). With the token `user_id`
   * is needed. Evidence: inferred.
   */
  update: defineEndpoint({
    operation: "updateUser",
    method: "POST",
    path: "/user/update",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: {
      /** Who; the person logged in when left out. */
      user_id: optional(integer),
      /** Display name. */
      name: optional(text),
      /** International form. */
      phone_number: clearable(text),
      slack_member_id: clearable(text),
      /** Whether e-mail alerts reach this person. */
      email_alerts: optional(flag),
    },
    data: userReply,
  }),

  /** Deletes a person, who cannot be made again through the API. Evidence: inferred. */
  delete: defineEndpoint({
    operation: "deleteUser",
    method: "POST",
    path: "/user/delete",
    call: "idempotent",
    auth: "token-or-session",
    evidence: "inferred",
    params: { user_id: integer },
    data: Message,
  }),

  /** Logs out. Evidence: inferred. */
  logout: defineEndpoint({
    operation: "logout",
    method: "POST",
    path: "/user/logout",
    call: "idempotent",
    auth: "session",
    evidence: "inferred",
    params: {},
    data: Message,
  }),

  /** Says who the session belongs to. Evidence: documented. */
  ping: defineEndpoint({
    operation: "pingUser",
    method: "GET",
    path: "/user/ping",
    call: "safe",
    auth: "session",
    evidence: "documented",
    params: {},
    data: model({ ping: documented(maybe(z.string())), session: documented(Session) }),
  }),

  /** Writes to the vendor. Evidence: inferred. */
  reportIssue: defineEndpoint({
    operation: "reportIssue",
    method: "POST",
    path: "/user/reportissue",
    call: "non-idempotent",
    auth: "session",
    evidence: "inferred",
    params: { message: text },
    data: Message,
  }),

  /** Changes the own password, of the person logged in. A repeat fails: the old password is no longer right. Evidence: documented. */
  updatePassword: defineEndpoint({
    operation: "updatePassword",
    method: "PUT",
    path: "/user/password",
    call: "non-idempotent",
    auth: "session",
    evidence: "documented",
    names: "documented",
    params: passwordParams,
    data: model({ message: documented(maybe(z.string())) }),
  }),

  /** As `updatePassword`, by an older path; whether it still works is unknown. Evidence: inferred. */
  updatePasswordOld: defineEndpoint({
    operation: "updatePasswordOld",
    method: "POST",
    path: "/user/updatepassword",
    call: "non-idempotent",
    auth: "session",
    evidence: "inferred",
    names: "inferred",
    params: passwordParams,
    data: model({ message: inferred(maybe(z.string())) }),
  }),
};
