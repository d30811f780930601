import { type LiveAdminAlert, replyTime, unlessLittle, writeTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { labelOf, type Written } from "../../runtime/definition.ts";
import { isHeldByAnother, previousOf } from "../singleton.ts";
import { hasValue, warnOfUnsaid } from "../unsaid.ts";
import type { AdminAlertComputed, AdminAlertInputs, AdminAlertSettings } from "./fields.ts";
import { fromLive, idOf, nameOf, settingsOf, toParams, toSettings } from "./wire.ts";

export const label = (inputs: Partial<AdminAlertInputs>) => labelOf("AdminAlert", inputs.alert);

type Outputs = AdminAlertInputs & AdminAlertComputed;

/** Adopts the alert: each organization has exactly one of each kind. */
export async function create(
  org: Organization,
  inputs: AdminAlertInputs,
): Promise<Written<AdminAlertInputs, AdminAlertComputed>> {
  const id = idOf(inputs.alert);
  const previous = settingsOf(find((await org.lists.adminAlerts()).items, id));
  return await org.claims.holding(`admin-alert:${id}`, "this admin alert", async () => ({
    id: String(id),
    outputs: await update(org, previous, inputs),
  }));
}

export async function update(
  org: Organization,
  previous: AdminAlertComputed["previous"],
  inputs: AdminAlertInputs,
): Promise<Outputs> {
  const id = idOf(inputs.alert);
  const reply = await unlessLittle(send(org, inputs.alert, await toSettings(org, inputs)));
  const lastWrite = reply === undefined ? writeTime() : replyTime(reply);
  org.claims.wrote(`admin-alert:${id}`, lastWrite);
  // What the reply does not say is what was sent.
  if (reply === undefined) return { ...inputs, previous, lastWrite };
  const live = find(reply.data.admin_alerts, id);
  return { ...(await fromLive(org, inputs.alert, live, inputs)), previous, lastWrite };
}

export async function read(org: Organization, id: string, recorded: Outputs | undefined): Promise<Outputs | undefined> {
  const snapshot = await org.lists.visible("adminAlerts");
  if (org.isStale(snapshot, recorded, label(recorded ?? {}))) return recorded;
  const live = snapshot.items.find((candidate) => String(candidate.id) === id);
  if (live === undefined) org.assertAbsent(snapshot);
  const alert = live && nameOf(live.id);
  if (live === undefined || alert === undefined) return undefined;
  const recipients = [recorded?.emailUsers, recorded?.smsUsers, recorded?.slackChannel];
  warnOfUnsaid(org, label({ alert }), { alerts: { live: live.alerts, isRecorded: recipients.some(hasValue) } });
  return {
    ...(await fromLive(org, alert, live, recorded)),
    previous: recorded?.previous ?? settingsOf(live),
    lastWrite: recorded?.lastWrite ?? snapshot.takenAt,
  };
}

export async function remove(org: Organization, id: string, recorded: Outputs): Promise<void> {
  if (await isHeldByAnother(org, `admin-alert:${id}`, { label: label(recorded), lastWrite: recorded.lastWrite }))
    return;
  const alert = nameOf(Number(id));
  if (recorded.onDelete !== "restore" || alert === undefined) return;
  await unlessLittle(send(org, alert, previousOf(recorded.previous)));
}

function find(alerts: readonly LiveAdminAlert[], id: number): LiveAdminAlert {
  const live = alerts.find((candidate) => candidate.id === id);
  if (live === undefined) throw new Error("this organization does not have this admin alert. Ask Anomify's support");
  return live;
}

async function send(org: Organization, alert: AdminAlertInputs["alert"], settings: Partial<AdminAlertSettings>) {
  try {
    return await org.api.org.updateAdminAlerts(toParams(idOf(alert), settings));
  } finally {
    org.lists.invalidate("adminAlerts");
  }
}
