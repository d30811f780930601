import type { Call } from "../call.ts";
import type { ParamSpecs } from "../params.ts";
import { checkChannel, checkPeople } from "../recipients.ts";
import { renderAdminAlerts } from "../render.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import type { WireAdminAlert } from "../wire.ts";

const kinds = [1, 2];
const leastWaitSeconds = 300;

const params: ParamSpecs = Object.fromEntries(
  kinds.flatMap((id): [string, ParamSpecs[string]][] => [
    [`type_${id}_enabled`, { type: "boolean" }],
    [`type_${id}_email_users`, { type: "csv-integer", clearable: true }],
    [`type_${id}_sms_users`, { type: "csv-integer", clearable: true }],
    [`type_${id}_slack_channel`, { type: "string", clearable: true }],
    [`type_${id}_wait_seconds`, { type: "integer", minimum: leastWaitSeconds }],
  ]),
);

function checkAdminAlerts(call: Call): void {
  call.requireAdmin();
  for (const id of kinds) {
    checkPeople(call, `type_${id}_email_users`);
    checkPeople(call, `type_${id}_sms_users`, "phone_number");
    checkChannel(call, `type_${id}_slack_channel`);
  }
}

/** Each parameter replaces the recipients of its method only, in the alert of its number only. */
function targetsAfter({ params }: Call, { id, alerts }: WireAdminAlert): WireAdminAlert["alerts"] {
  const replaced = (method: "email" | "sms" | "slack", refs: string[] | undefined) =>
    refs ? refs.map((ref) => ({ method, ref })) : alerts.filter((alert) => alert.method === method);
  const channel = params.text(`type_${id}_slack_channel`);
  return [
    ...replaced("email", params.list(`type_${id}_email_users`)),
    ...replaced("sms", params.list(`type_${id}_sms_users`)),
    ...replaced("slack", channel === undefined ? undefined : [channel].filter(Boolean)),
  ];
}

function change(call: Call) {
  const { state, params, now } = call;
  for (const alert of state.adminAlerts) {
    alert.alerts = targetsAfter(call, alert);
    alert.enabled = params.boolean(`type_${alert.id}_enabled`) ?? alert.enabled;
    alert.wait_seconds = params.number(`type_${alert.id}_wait_seconds`) ?? alert.wait_seconds;
  }
  if (params.size > 0) call.note("admin_alerts_updated", "The admin alerts have been changed.");
  return { admin_alerts: renderAdminAlerts(state, now) };
}

export const adminAlertRoutes: readonly Route[] = [
  route("GET /org/adminalerts", "listAdminAlerts", { cacheable: true }, ({ state, now }) => ({
    admin_alerts: renderAdminAlerts(state, now),
  })),
  route("PUT /org/adminalerts", "updateAdminAlerts", { params, check: checkAdminAlerts }, change),
  // Without parameters it reads: everybody may, and nothing changes.
  route(
    "POST /org/adminalerts",
    "updateAdminAlertsDeprecated",
    { params, check: (call) => call.params.size > 0 && checkAdminAlerts(call) },
    change,
  ),
];
