import { z } from "zod";
import type { Person } from "../../../domain/people/person.ts";
import { type LiveAdminAlert, replyTime } from "../../organization/live.ts";
import type { Organization } from "../../organization/organization.ts";
import { defineResource, labelOf } from "../../runtime/definition.ts";
import * as field from "../fields.ts";
import { checkAdminAlertHealth } from "../health-check.ts";
import { describePeople, personIds, samePeople } from "../people.ts";
import { managed, type OnDelete, onDelete, onlyManaged, previousOf } from "../singleton.ts";

const ALERTS = { "all-metrics-stopped": 1, "some-metrics-stopped": 2 } as const;
type AlertName = keyof typeof ALERTS;
const LEAST_WAIT = 300;

interface AdminAlertInputs {
  alert: AlertName;
  enabled: boolean;
  emailUsers: Person[] | null;
  smsUsers: Person[] | null;
  slackChannel: string | null;
  waitSeconds: number | null;
  onDelete: OnDelete;
}
interface Settings {
  enabled: boolean;
  emailUsers: number[];
  smsUsers: number[];
  slackChannel: string;
  waitSeconds: number;
}
interface AdminAlertComputed {
  previous: Settings;
  lastWrite: number;
}

const label = (inputs: Partial<AdminAlertInputs>) => labelOf("AdminAlert", inputs.alert);

const recipients = (by: string) =>
  field.documented(field.people.optional(), {
    description: `People who get ${by}: e-mail address or user id. Left out: not managed, the list stays as it is. An empty list clears it.`,
    type: "(string | number)[]",
    evidence: "documented",
  });

/** Tells people that the data feed itself stopped. */
export const adminAlert = defineResource<AdminAlertInputs, AdminAlertComputed>({
  kind: "AdminAlert",
  role: "admin-alert",
  title: ["alert"],
  identity: { property: "alert", shared: "error" },
  alwaysExists: true,
  list: "adminAlerts",
  export: { file: "admin-alerts", heading: "Alerts about the data feed itself", order: 3, portable: true },
  restoreOrder: 6,
  description: "Tells people that the data feed itself stopped. Each organization has exactly one of each kind.",
  behavior: [
    "Always exists: the resource adopts it, and remembers in `previous` what was there.",
    "Changes are made in place; changing `alert` replaces the resource.",
    "Only the parameters of its own kind that the program sets are sent.",
    'Deleting releases it as it is, or with `onDelete: "restore"` puts back what was there.',
  ],
  assumed: [
    'The parameters are documented, yet labelled "designing" by the vendor: they may not be live.',
    "That a parameter left out keeps its value, and whether an organization's token may write here, is assumed.",
  ],
  inputs: z.strictObject({
    alert: field.documented(
      z.enum(
        ["all-metrics-stopped", "some-metrics-stopped"],
        'must be "all-metrics-stopped" or "some-metrics-stopped"',
      ),
      {
        description: "Which of the two admin alerts this is.",
        type: '"all-metrics-stopped" | "some-metrics-stopped"',
        evidence: "documented",
      },
    ),
    enabled: field.documented(field.flag.default(true), {
      description: "Whether the alert goes out.",
      default: "true",
      type: "boolean",
      evidence: "documented",
    }),
    emailUsers: recipients("an e-mail"),
    smsUsers: recipients("a text message"),
    slackChannel: field.documented(field.channel.optional(), {
      description: "Slack channel that is told, with or without `#`. Left out: not managed.",
      type: "string",
      evidence: "documented",
    }),
    waitSeconds: field.documented(
      z.int("must be a whole number of seconds").min(LEAST_WAIT, `must be at least ${LEAST_WAIT}`).optional(),
      {
        description:
          "How long silence must last before the alert goes out, in seconds; at least 300. Left out: not managed.",
        type: "number",
        evidence: "documented",
      },
    ),
    onDelete,
  }),
  computed: z.strictObject({
    previous: field.documented(z.looseObject({}), {
      description: 'What was there before this resource: what `onDelete: "restore"` puts back.',
      type: "{ enabled: boolean; emailUsers: number[]; smsUsers: number[]; slackChannel: string; waitSeconds: number }",
    }),
    lastWrite: field.lastWrite,
  }),
  replaceOn: ["alert"],
  label,
  lookUp: (org, inputs) =>
    checkAdminAlertHealth(
      org,
      { kind: "AdminAlert", role: "admin-alert", label: label(inputs), inputs: { ...inputs } },
      async () =>
        Promise.all(
          (await org.lists.adminAlerts()).items.map(async (live) => ({ ...(await describe(org, live, undefined)) })),
        ),
    ),
  equivalent: (org, _key, recorded, wanted) => samePeople(org, recorded, wanted),
  ids: async (org) => (await org.lists.adminAlerts()).items.map(({ id }) => String(id)),
  create: async (org, inputs) => {
    const id = ALERTS[inputs.alert];
    const previous = settingsOf(find((await org.lists.adminAlerts()).items, id));
    return await org.claims.claiming(`admin-alert:${id}`, "this admin alert", async () => ({
      id: String(id),
      outputs: { ...(await put(org, id, inputs)), previous },
    }));
  },
  update: async (org, id, recorded, inputs) => ({
    ...(await put(org, Number(id), inputs)),
    previous: recorded.previous,
  }),
  read: async (org, id, recorded) => {
    const snapshot = await org.lists.adminAlerts();
    if (org.isStale(snapshot, recorded, label(recorded ?? {}))) return recorded;
    const live = snapshot.items.find((candidate) => String(candidate.id) === id);
    if (live === undefined) return undefined;
    const seen = await describe(org, live, recorded);
    return {
      ...seen,
      previous: recorded?.previous ?? settingsOf(live),
      lastWrite: recorded?.lastWrite ?? snapshot.takenAt,
    };
  },
  delete: async (org, id, recorded) => {
    org.claims.release(`admin-alert:${id}`);
    if (recorded.onDelete !== "restore") return;
    await send(org, Number(id), previousOf(recorded.previous));
  },
});

function find(alerts: readonly LiveAdminAlert[], id: number): LiveAdminAlert {
  const live = alerts.find((candidate) => candidate.id === id);
  if (live === undefined) throw new Error("this organization does not have this admin alert. Ask Anomify's support");
  return live;
}

function refs(live: LiveAdminAlert, method: string): string[] {
  return live.alerts.filter((target) => target.method === method).map((target) => target.ref);
}

function settingsOf(live: LiveAdminAlert): Settings {
  return {
    enabled: live.enabled,
    emailUsers: refs(live, "email").map(Number),
    smsUsers: refs(live, "sms").map(Number),
    slackChannel: refs(live, "slack")[0] ?? "",
    waitSeconds: live.wait_seconds,
  };
}

/** Writes what is set, under the keys of this alert's own kind alone. */
async function send(org: Organization, id: number, settings: Partial<Settings>) {
  const { enabled, emailUsers, smsUsers, slackChannel, waitSeconds } = settings;
  const own = {
    enabled,
    email_users: emailUsers,
    sms_users: smsUsers,
    slack_channel: slackChannel,
    wait_seconds: waitSeconds,
  };
  const params = Object.fromEntries(Object.entries(own).map(([key, value]) => [`type_${id}_${key}`, value]));
  try {
    return await org.api.org.updateAdminAlerts(params as Parameters<typeof org.api.org.updateAdminAlerts>[0]);
  } finally {
    org.lists.invalidate("adminAlerts");
  }
}

async function put(org: Organization, id: number, inputs: AdminAlertInputs) {
  const { enabled, slackChannel, waitSeconds } = inputs;
  const emailUsers = inputs.emailUsers && (await personIds(org, inputs.emailUsers));
  const smsUsers = inputs.smsUsers && (await personIds(org, inputs.smsUsers));
  const reply = await send(org, id, managed({ enabled, emailUsers, smsUsers, slackChannel, waitSeconds }));
  return { ...(await describe(org, find(reply.data.admin_alerts, id), inputs)), lastWrite: replyTime(reply) };
}

/** Live alert → inputs in normal form, those alone that the record manages. */
async function describe(
  org: Organization,
  live: LiveAdminAlert,
  recorded: Partial<AdminAlertInputs> | undefined,
): Promise<AdminAlertInputs> {
  const names: Readonly<Record<number, AlertName>> = { 1: "all-metrics-stopped", 2: "some-metrics-stopped" };
  const settings = settingsOf(live);
  const all = {
    emailUsers: field.asSet(await describePeople(org, settings.emailUsers, recorded?.emailUsers ?? [])),
    smsUsers: field.asSet(await describePeople(org, settings.smsUsers, recorded?.smsUsers ?? [])),
    slackChannel: settings.slackChannel,
    waitSeconds: settings.waitSeconds,
  };
  return {
    alert: names[live.id] ?? "all-metrics-stopped",
    enabled: live.enabled,
    ...onlyManaged(all, recorded),
    onDelete: recorded?.onDelete ?? "release",
  };
}
