import type { Call } from "../call.ts";
import { noSuch, Refusal } from "../envelope.ts";
import type { ParamSpecs } from "../params.ts";
import { checkNewPassword } from "../passwords.ts";
import { findUser, renderUser } from "../render.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import type { WireUser } from "../wire.ts";

const userId = { user_id: { type: "integer" } } satisfies ParamSpecs;

/** The token stands for nobody, so it has to say who is meant. */
function checkUserId({ params, user, problems }: Call): void {
  if (!user && !params.has("user_id")) problems.add("user_id", "Is needed with the organization token.");
}

function target({ params, state, user }: Call): WireUser {
  const id = params.number("user_id") ?? user?.id;
  const found = id === undefined ? undefined : findUser(state, id);
  if (!found) throw noSuch("user");
  return found;
}

function update(call: Call) {
  const { params, state, now } = call;
  const user = target(call);
  if (call.user && call.user !== user) call.requireAdmin();
  const cleared = (name: string, before: string | null) => {
    const value = params.text(name);
    return value === undefined ? before : value || null;
  };
  user.name = params.text("name") ?? user.name;
  user.phone_number = cleared("phone_number", user.phone_number);
  user.slack_member_id = cleared("slack_member_id", user.slack_member_id);
  user.notifications.email_alerts = params.boolean("email_alerts") ?? user.notifications.email_alerts;
  call.note("user_updated", `User "${user.name}" has been changed.`);
  return { user: renderUser(state, user, now) };
}

/** Whoever is deleted also is notified no longer, and their sessions end. */
function remove(call: Call) {
  const { state, service } = call;
  const user = target(call);
  const ref = String(user.id);
  state.users.splice(state.users.indexOf(user), 1);
  state.credentials.delete(user.id);
  for (const watcher of state.watchers) {
    watcher.alerts = watcher.alerts.filter(
      (alert) => alert.ref !== ref || alert.method === "slack" || alert.method === "ms_teams",
    );
  }
  for (const alert of state.adminAlerts) {
    alert.alerts = alert.alerts.filter((recipient) => recipient.ref !== ref || recipient.method === "slack");
  }
  for (const session of service.sessions.values()) {
    if (session.userId === user.id && session.organization === call.organization) service.sessions.delete(session.id);
  }
  call.note("user_deleted", `User "${user.name}" has been deleted.`);
  return { message: "The user has been deleted." };
}

const passwords = {
  old_password: { type: "string", required: true },
  new_password_1: { type: "string", required: true },
  new_password_2: { type: "string", required: true },
} satisfies ParamSpecs;

function checkPasswords(call: Call): void {
  const { params, problems, state, user } = call;
  const old = params.text("old_password");
  const present = user ? state.credentials.get(user.id)?.password : undefined;
  if (old !== undefined && old !== present) problems.add("old_password", "Is not the present password.");
  checkNewPassword(call, "new_password_1", "new_password_2");
}

function changePassword({ params, state, user }: Call) {
  const credentials = user ? state.credentials.get(user.id) : undefined;
  if (credentials) credentials.password = params.text("new_password_1") ?? credentials.password;
  return { message: "OK" };
}

function reportIssue({ state, params, user, now }: Call) {
  const text = `${user?.email ?? ""}: ${params.text("message") ?? ""}`;
  state.outbox.push({ to: "support@anomify.example", kind: "issue", token: null, text, timestamp: now });
  return { message: "Thank you, the message has been sent." };
}

function sessionOf(call: Call) {
  if (!call.user) throw new Refusal(401, "Please log in.");
  return { id: call.caller.sessionId, user: renderUser(call.state, call.user, call.now) };
}

export const userRoutes: readonly Route[] = [
  route("GET /user/info", "getUser", { cacheable: true, params: userId, check: checkUserId }, (call) => ({
    user: renderUser(call.state, target(call), call.now),
  })),
  route(
    "POST /user/update",
    "updateUser",
    {
      params: {
        ...userId,
        name: { type: "string" },
        phone_number: { type: "string", clearable: true },
        slack_member_id: { type: "string", clearable: true },
        email_alerts: { type: "boolean" },
      },
      check: checkUserId,
    },
    update,
  ),
  route(
    "POST /user/delete",
    "deleteUser",
    { params: { user_id: { type: "integer", required: true } }, check: (call) => call.requireAdmin() },
    remove,
  ),
  route("GET /user/ping", "pingUser", { auth: "session" }, (call) => ({ ping: "pong", session: sessionOf(call) })),
  route("POST /user/logout", "logout", { auth: "session" }, ({ service, caller }) => {
    service.sessions.delete(caller.sessionId);
    return { message: "You have been logged out." };
  }),
  route(
    "POST /user/reportissue",
    "reportIssue",
    { auth: "session", params: { message: { type: "string", required: true } } },
    reportIssue,
  ),
  route(
    "PUT /user/password",
    "updatePassword",
    { auth: "session", params: passwords, check: checkPasswords },
    changePassword,
  ),
  route(
    "POST /user/updatepassword",
    "updatePasswordOld",
    { auth: "session", params: passwords, check: checkPasswords },
    changePassword,
  ),
];
