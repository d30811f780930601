import { bareChannel } from "../../../domain/text/channel-name.ts";
import type { AnomifyClient } from "../../../sdk/index.ts";
import type { LiveAdminAlert } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { asSet } from "../../runtime/sets.ts";
import * as field from "../fields.ts";
import { describePeople, personIds } from "../people.ts";
import { managed, onDelete, onlyManaged } from "../singleton.ts";
import type { AdminAlertInputs, AdminAlertSettings } from "./fields.ts";

/** An admin alert ⇄ the wire. */

type Name = AdminAlertInputs["alert"];
type Id = 1 | 2;

const IDS: Readonly<Record<Name, Id>> = { "all-metrics-stopped": 1, "some-metrics-stopped": 2 };

export const idOf = (alert: Name): Id => IDS[alert];

/** The alert of an id; undefined for one that this resource cannot manage, such as the quota warning. */
export function nameOf(id: number): Name | undefined {
  if (id === IDS["all-metrics-stopped"]) return "all-metrics-stopped";
  return id === IDS["some-metrics-stopped"] ? "some-metrics-stopped" : undefined;
}

/** What the program manages, in the service's terms. */
export async function toSettings(org: Organization, inputs: AdminAlertInputs): Promise<Partial<AdminAlertSettings>> {
  return managed({
    enabled: inputs.enabled,
    emailUsers: inputs.emailUsers && (await personIds(org, inputs.emailUsers)),
    smsUsers: inputs.smsUsers && (await personIds(org, inputs.smsUsers)),
    slackChannel: inputs.slackChannel,
    waitSeconds: inputs.waitSeconds,
  });
}

type Params = Parameters<AnomifyClient["org"]["updateAdminAlerts"]>[0];

/** Request parameters, under the keys of the alert's own kind alone. */
export function toParams(id: Id, settings: Partial<AdminAlertSettings>): Params {
  const { enabled, emailUsers, smsUsers, slackChannel, waitSeconds } = settings;
  if (id === 1) {
    return {
      type_1_enabled: enabled,
      type_1_email_users: emailUsers,
      type_1_sms_users: smsUsers,
      type_1_slack_channel: slackChannel,
      type_1_wait_seconds: waitSeconds,
    };
  }
  return {
    type_2_enabled: enabled,
    type_2_email_users: emailUsers,
    type_2_sms_users: smsUsers,
    type_2_slack_channel: slackChannel,
    type_2_wait_seconds: waitSeconds,
  };
}

export function settingsOf(live: LiveAdminAlert): AdminAlertSettings {
  const refs = (method: string) =>
    (live.alerts ?? []).filter((target) => target.method === method).map(({ ref }) => ref);
  return {
    enabled: live.enabled,
    emailUsers: refs("email").map(Number),
    smsUsers: refs("sms").map(Number),
    slackChannel: bareChannel(refs("slack")[0] ?? ""),
    waitSeconds: live.wait_seconds,
  };
}

/** Live alert → inputs in normal form, those alone that the record manages. */
export async function fromLive(
  org: Organization,
  alert: Name,
  live: LiveAdminAlert,
  recorded: Partial<AdminAlertInputs> | undefined,
): Promise<AdminAlertInputs> {
  const settings = settingsOf(live);
  const read = {
    emailUsers: asSet(await describePeople(org, settings.emailUsers, recorded?.emailUsers ?? [])),
    smsUsers: asSet(await describePeople(org, settings.smsUsers, recorded?.smsUsers ?? [])),
    slackChannel: settings.slackChannel,
  };
  const kept = {
    emailUsers: recorded?.emailUsers ?? null,
    smsUsers: recorded?.smsUsers ?? null,
    slackChannel: recorded?.slackChannel ?? null,
  };
  const isSaid = live.alerts !== undefined || recorded === undefined;
  const all = { ...(isSaid ? read : kept), waitSeconds: settings.waitSeconds };
  return {
    alert,
    enabled: live.enabled,
    ...onlyManaged(all, recorded),
    onDelete: recorded?.onDelete ?? field.defaultOf(onDelete),
  };
}
