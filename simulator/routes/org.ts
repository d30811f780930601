import type { Call } from "../call.ts";
import { renderOrg, renderUser } from "../render.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { checkTimezone } from "../timezones.ts";

function update(call: Call) {
  const { state, params, now } = call;
  state.org.name = params.text("name") ?? state.org.name;
  state.org.timezone = params.text("timezone") ?? state.org.timezone;
  const minutes = params.number("mute_minutes");
  if (minutes !== undefined) state.mutedUntil = minutes > 0 ? now + minutes * 60 : null;
  if (params.size > 0) call.note("org_updated", "The organization has been changed.");
  return { org: renderOrg(state, now) };
}

export const orgRoutes: readonly Route[] = [
  route("GET /org/info", "getOrg", { cacheable: true }, ({ state, now }) => ({ org: renderOrg(state, now) })),
  route(
    "POST /org/update",
    "updateOrg",
    {
      params: {
        name: { type: "string", minLength: 1 },
        timezone: { type: "string", minLength: 1 },
        mute_minutes: { type: "integer" },
      },
      check: (call) => {
        call.requireAdmin();
        checkTimezone(call);
      },
    },
    update,
  ),
  route("GET /org/users", "listUsers", { cacheable: true }, ({ state, now }) => ({
    users: state.users.map((user) => renderUser(state, user, now)),
  })),
  route("GET /org/channels", "listChannels", { cacheable: true }, ({ state }) => ({
    channels: structuredClone(state.channels),
  })),
];
