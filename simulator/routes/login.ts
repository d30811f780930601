import type { Call } from "../call.ts";
import { Refusal } from "../envelope.ts";
import { checkNewPassword } from "../passwords.ts";
import { findUser, renderUser } from "../render.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import type { Session } from "../service.ts";

function login({ service, params, caller, now }: Call) {
  const found = service.byEmail(params.text("email") ?? "");
  const credentials = found?.organization.state.credentials.get(found.user.id);
  if (!found || !credentials || credentials.password !== params.text("password")) {
    throw new Refusal(401, "The address or the password is wrong.");
  }
  const { organization, user } = found;
  const validated = credentials.secondFactorCode === null;
  const id = caller.sessionSent ? { id: caller.sessionId } : {};
  const session = service.logIn(organization, user, { ...id, validated });
  if (validated)
    return { session: { id: session.id, user: renderUser(organization.state, user, now) }, two_factor_required: false };
  const text = `Your code is ${credentials.secondFactorCode}.`;
  organization.state.outbox.push({
    to: user.email,
    kind: "second-factor",
    token: session.attemptToken,
    text,
    timestamp: now,
  });
  return { session: { id: session.id }, two_factor_required: true };
}

/** The login attempt that is meant: the one of this client, or with a token that of another one. */
function attempt({ service, params, caller }: Call): Session {
  const token = params.text("token");
  if (token === undefined) {
    if (!caller.session) throw new Refusal(401, "Please log in.");
    return caller.session;
  }
  const session = [...service.sessions.values()].find(({ attemptToken }) => attemptToken === token);
  if (!session) throw new Refusal(400, "Some parameters were refused.", { token: "Names no login attempt." });
  return session;
}

function validateClient(call: Call) {
  if (call.user?.demo) throw new Refusal(403, "Demo users have no second factor.");
  const session = attempt(call);
  const { state } = session.organization;
  const user = findUser(state, session.userId);
  const code = state.credentials.get(session.userId)?.secondFactorCode;
  if (!user || code !== call.params.text("code")) {
    throw new Refusal(400, "Some parameters were refused.", { code: "Is not the right code." });
  }
  session.validated = true;
  return { message: "The login is valid now.", session: { id: session.id, user: renderUser(state, user, call.now) } };
}

/** Answers the same whether or not the address is known, so that nobody can ask who has an account. */
function forgotPassword({ service, params }: Call) {
  const found = service.byEmail(params.text("email") ?? "");
  if (found) service.mail(found.organization, found.user, "password-reset", "Set a new password with this code.");
  return { message: "If the address is known, an e-mail is on its way." };
}

function resetPassword({ service, params }: Call) {
  const token = params.text("token") ?? "";
  const mailed = service.mailedTokens.get(token);
  const credentials =
    mailed?.kind === "password-reset" ? mailed.organization.state.credentials.get(mailed.userId) : undefined;
  if (!credentials) throw new Refusal(400, "Some parameters were refused.", { token: "Is not valid (any more)." });
  service.mailedTokens.delete(token);
  credentials.password = params.text("new_password_1") ?? credentials.password;
  return { message: "The password has been changed." };
}

const secret = /^[0-9a-f]{32}$/;

export const loginRoutes: readonly Route[] = [
  route(
    "POST /login",
    "login",
    {
      auth: "none",
      params: { email: { type: "email", required: true }, password: { type: "string", required: true } },
    },
    login,
  ),
  route(
    "POST /login/validateclient",
    "validateClient",
    {
      auth: "session",
      beforeLogin: true,
      params: { code: { type: "string", required: true }, token: { type: "string", pattern: secret } },
    },
    validateClient,
  ),
  route(
    "POST /login/forgotpassword",
    "forgotPassword",
    { auth: "none", params: { email: { type: "email", required: true } } },
    forgotPassword,
  ),
  route(
    "POST /login/resetpassword",
    "resetPassword",
    {
      auth: "none",
      params: {
        token: { type: "string", pattern: secret, required: true },
        new_password_1: { type: "string", required: true },
        new_password_2: { type: "string", required: true },
      },
      check: (call) => checkNewPassword(call, "new_password_1", "new_password_2"),
    },
    resetPassword,
  ),
];
