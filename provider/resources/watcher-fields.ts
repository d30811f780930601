import { z } from "zod";
import { AnomifyError } from "../../sdk/index.ts";
import { labelOf, PartialFailure, type ResourceSpec, type Values, type Written } from "../runtime/define.ts";
import { createOnce } from "../runtime/lifecycle.ts";
import { type Failure, messageOf } from "../runtime/messages.ts";
import { type LiveWatcher, type Organization, proves, replyTime } from "../runtime/organization.ts";
import * as field from "./fields.ts";
import { checkChannel, checkPeople, describePeople, personIds, samePeople } from "./people.ts";

/** What both types of watcher have in common: all but the rule of a threshold watcher. */

const SLACK = "Slack channel that is told of each anomaly, with or without `#`. Must be connected to the organization.";

/** Inputs in the order in which a reader wants them. */
export const watcherInputs = {
  name: field.documented(field.text, {
    description: "Display name. Not known to be unique in Anomify.",
    type: "string",
    evidence: "inferred",
  }),
  chips: field.documented(field.chips, {
    description:
      "Parts of metric names: a metric is watched when it matches all of them. A set: order and duplicates mean nothing.",
    type: "string[]",
    evidence: "inferred",
  }),
  alert: field.documented(field.flag.default(true), {
    description:
      "Whether anybody is told. Anomify's own default is false; a watcher in code is meant to tell people, so ours is true.",
    default: "true",
    type: "boolean",
    evidence: "assumed",
  }),
  emailUsers: field.documented(field.people.default([]), {
    description: "People who get an e-mail per anomaly: e-mail address or user id.",
    default: "[]",
    type: "(string | number)[]",
    evidence: "assumed",
  }),
  smsUsers: field.documented(field.people.default([]), {
    description: "People who get a text message per anomaly. Each needs a phone number.",
    default: "[]",
    type: "(string | number)[]",
    evidence: "assumed",
  }),
  slackChannel: field.documented(field.channel.optional(), { description: SLACK, type: "string", evidence: "assumed" }),
  slackMentionUsers: field.documented(field.people.default([]), {
    description: "People mentioned in the Slack message. Each needs a Slack member id; needs `slackChannel`.",
    default: "[]",
    type: "(string | number)[]",
    evidence: "assumed",
  }),
  msTeamsWebhook: field.documented(field.webhook.optional(), {
    description: "Webhook URL of a Microsoft Teams channel. A secret: encrypted in the state, never printed.",
    type: "string",
    evidence: "assumed",
  }),
  expiration: field.documented(field.duration.default("1h"), {
    description:
      'How long an alert holds back further ones for the same metric: `"90m"`, `"1h"` or `{ value: 90, unit: "minute" }`. Compared as seconds; at least 60 (assumed).',
    default: '"1h"',
    type: 'string | { value: number; unit: "second" | "minute" | "hour" | "day" | "week" }',
    outputType: "string",
    evidence: "inferred",
  }),
  summaryReport: field.documented(field.summaryReport.optional(), {
    description:
      'Digest by e-mail: `frequency` is `"daily-HH:MM"`, `"weekly-<weekday>"` or `"monthly-<day>"`; at least one recipient.',
    type: "{ frequency: string; emailUsers: (string | number)[] }",
    evidence: "inferred",
  }),
  fireTestAlertOnCreate: field.documented(field.flag.default(false), {
    description: "Sends one test alert right after creation. Acts once; changing it later does nothing.",
    default: "false",
    type: "boolean",
    evidence: "assumed",
  }),
  undelete: field.documented(field.flag.default(false), {
    description:
      "Deletion is soft in Anomify: with true, creating brings back the one deleted watcher of this name, with its id, and updates it. Acts on create alone.",
    default: "false",
    type: "boolean",
    evidence: "inferred",
  }),
};

export const watcherComputed = {
  watcherId: field.documented(z.int(), {
    description: "Id of the watcher in Anomify.",
    type: "number",
    evidence: "assumed",
  }),
  lastWrite: field.lastWrite,
};

type Normal<Shape extends Record<string, z.ZodType>> = {
  [Key in keyof Shape]: NonNullable<z.output<Shape[Key]>> | Absent<Shape[Key]>;
};
type Absent<Schema extends z.ZodType> = undefined extends z.output<Schema> ? null : never;
export type WatcherInputs = Normal<typeof watcherInputs>;
export type WatcherComputed = Normal<typeof watcherComputed>;

/** Old Office 365 connector hosts: Microsoft stopped delivering from them. */
const RETIRED_TEAMS_HOSTS = ["outlook.office.com", "webhook.office.com", "outlook.office365.com"];

export function watcherRules(inputs: Partial<WatcherInputs>): Failure[] {
  const mentions = inputs.slackMentionUsers ?? [];
  if (mentions.length === 0 || inputs.slackChannel !== null) return [];
  return [
    {
      property: "slackMentionUsers",
      reason: "needs slackChannel: people are mentioned in the message to a channel. Set slackChannel",
    },
  ];
}

export async function watcherLookUp(
  org: Organization,
  inputs: Partial<WatcherInputs>,
  label: string,
): Promise<Failure[]> {
  warnOfRetiredHost(org, inputs.msTeamsWebhook, label);
  const people = await checkPeople(org, [
    { path: "emailUsers", people: inputs.emailUsers, by: "email" },
    { path: "smsUsers", people: inputs.smsUsers, by: "sms" },
    { path: "slackMentionUsers", people: inputs.slackMentionUsers, by: "mention" },
    { path: "summaryReport.emailUsers", people: inputs.summaryReport?.emailUsers, by: "email" },
  ]);
  return [...people, ...(await checkChannel(org, "slackChannel", inputs.slackChannel))];
}

function warnOfRetiredHost(org: Organization, url: string | null | undefined, label: string): void {
  const host = url ? new URL(url).hostname : "";
  if (!RETIRED_TEAMS_HOSTS.some((retired) => host === retired || host.endsWith(`.${retired}`))) return;
  org.warn(
    `${label}: msTeamsWebhook is on ${host.split(".").slice(-3).join(".")}, which Microsoft has retired: nothing may arrive. Make a new URL with a Teams workflow.`,
  );
}

export async function samePeopleOf(
  org: Organization,
  key: string,
  recorded: unknown,
  wanted: unknown,
): Promise<boolean> {
  if (key !== "summaryReport") return await samePeople(org, recorded, wanted);
  const [before, after] = [recorded, wanted] as Array<field.SummaryReport | null>;
  return before?.frequency === after?.frequency && (await samePeople(org, before?.emailUsers, after?.emailUsers));
}

/** Wire parameters of a watcher; what is not set is left out. */
export async function toWire(org: Organization, inputs: WatcherInputs) {
  const expiration = field.splitDuration(inputs.expiration);
  const summary = inputs.summaryReport;
  return {
    name: inputs.name,
    chips: inputs.chips,
    alert: inputs.alert,
    expiration_time: expiration.value,
    expiration_time_unit: expiration.unit,
    ...present({
      email_users: await personIds(org, inputs.emailUsers),
      sms_users: await personIds(org, inputs.smsUsers),
      slack_mention_users: await personIds(org, inputs.slackMentionUsers),
    }),
    ...(inputs.slackChannel === null ? {} : { slack_channel: inputs.slackChannel }),
    ...(inputs.msTeamsWebhook === null ? {} : { ms_teams_webhook: inputs.msTeamsWebhook }),
    ...(summary === null
      ? {}
      : {
          summary_report_frequency: summary.frequency,
          summary_report_users: await personIds(org, summary.emailUsers),
        }),
  };
}

function present<Lists extends Record<string, number[]>>(lists: Lists): Partial<Lists> {
  return Object.fromEntries(Object.entries(lists).filter(([, ids]) => ids.length > 0)) as Partial<Lists>;
}

/** Wire parameters of an update: what is not set is cleared, so that nothing that the program does not name remains. */
export async function toUpdate(org: Organization, inputs: WatcherInputs) {
  const cleared = {
    email_users: [],
    sms_users: [],
    slack_mention_users: [],
    slack_channel: "",
    ms_teams_webhook: "",
    summary_report_frequency: "",
    summary_report_users: [],
  };
  return { ...cleared, ...(await toWire(org, inputs)) };
}

/** Live watcher → inputs in normal form. `recorded` lends the form of people, and what is never read back. */
export async function fromWire(
  org: Organization,
  live: LiveWatcher,
  recorded: Partial<WatcherInputs>,
): Promise<WatcherInputs & { watcherId: number }> {
  const refs = (method: string) => live.alerts.filter((alert) => alert.method === method).map((alert) => alert.ref);
  const named = async (method: string, known: readonly unknown[] | undefined) =>
    field.asSet(await describePeople(org, refs(method).map(Number), known ?? []));
  const summaryPeople = await named("summary_email", recorded.summaryReport?.emailUsers);
  return {
    name: live.name,
    chips: field.asSet(live.chips),
    alert: live.alert,
    emailUsers: await named("email", recorded.emailUsers),
    smsUsers: await named("sms", recorded.smsUsers),
    slackChannel: refs("slack")[0] ?? null,
    slackMentionUsers: await named("slack_mention", recorded.slackMentionUsers),
    msTeamsWebhook: refs("ms_teams")[0] ?? null,
    expiration: field.formatDuration(live.expiration_seconds),
    summaryReport:
      live.summary_report_frequency === null
        ? null
        : { frequency: live.summary_report_frequency, emailUsers: summaryPeople },
    fireTestAlertOnCreate: recorded.fireTestAlertOnCreate ?? false,
    undelete: recorded.undelete ?? false,
    watcherId: live.id,
  };
}

/** What a type of watcher adds to the common part. */
export interface WatcherKind<Inputs extends WatcherInputs> {
  readonly kind: string;
  readonly type: "anomaly" | "threshold";
  readonly ruleToWire: (inputs: Inputs) => Record<string, unknown>;
  readonly ruleFromWire: (live: LiveWatcher) => Partial<Inputs>;
  readonly post: (org: Organization, params: Values) => Promise<{ item: LiveWatcher; at: number }>;
}

type WatcherOutputs<Inputs> = Inputs & WatcherComputed;
type Calls<Inputs extends object> = Pick<
  ResourceSpec<Inputs, WatcherComputed>,
  "create" | "update" | "read" | "delete"
>;

/** The calls of both types of watcher. */
export function watcherCalls<Inputs extends WatcherInputs>(kind: WatcherKind<Inputs>): Calls<Inputs> {
  const label = (inputs: WatcherInputs) => labelOf(kind.kind, inputs.name);
  const outputs = async (org: Organization, live: LiveWatcher, recorded: Partial<Inputs>, at: number) =>
    ({
      ...(await fromWire(org, live, recorded)),
      ...kind.ruleFromWire(live),
      lastWrite: at,
    }) as unknown as WatcherOutputs<Inputs>;

  const send = async (org: Organization, id: number, inputs: Inputs) => {
    const params = { ...(await toUpdate(org, inputs)), ...kind.ruleToWire(inputs), watcher_id: id };
    try {
      const reply = await org.api.watcher.update(params);
      return await outputs(org, reply.data.watcher, inputs, replyTime(reply));
    } finally {
      org.outdate("watchers");
    }
  };

  const revive = async (org: Organization, inputs: Inputs): Promise<Written<Inputs, WatcherComputed> | undefined> => {
    const deleted = (await org.watchers()).items.filter(
      (live) =>
        live.deleted && live.type === kind.type && live.name === inputs.name && !org.isClaimed(`watcher:${live.id}`),
    );
    if (deleted.length > 1) {
      throw new Error(
        `undelete is ambiguous: ${deleted.length} deleted watchers have this name (ids ${deleted.map(({ id }) => id).join(", ")}). Undelete the right one in Anomify, or set undelete to false`,
      );
    }
    const [found] = deleted;
    if (found === undefined) return undefined;
    org.claim(`watcher:${found.id}`);
    const back = await org.api.watcher.undelete({ watcher_id: found.id }).finally(() => org.outdate("watchers"));
    const id = String(found.id);
    try {
      return { id, outputs: await send(org, found.id, inputs) };
    } catch (error) {
      const half = await outputs(org, back.data.watcher, inputs, replyTime(back));
      throw new PartialFailure(
        `brought back with id ${id}, but not updated. Run pulumi up again. ${messageOf(error)}`,
        id,
        half,
      );
    }
  };

  return {
    create: async (org, inputs) => {
      const revived = inputs.undelete ? await revive(org, inputs) : undefined;
      if (revived) return revived;
      const common = await toWire(org, inputs);
      const params = {
        ...common,
        ...kind.ruleToWire(inputs),
        ...(inputs.fireTestAlertOnCreate ? { fire_test_alert: true } : {}),
      };
      const wanted = await comparable(org, { ...inputs });
      const candidates = new Map<number, boolean>();
      const { item, at } = await createOnce(org, {
        label: label(inputs),
        kind: "watcher",
        list: async () => {
          const snapshot = await org.watchers();
          for (const live of snapshot.items) {
            if (live.deleted || live.type !== kind.type || live.name !== inputs.name) continue;
            const read = { ...(await fromWire(org, live, inputs)), ...kind.ruleFromWire(live) };
            candidates.set(live.id, (await comparable(org, read)) === wanted);
          }
          return snapshot;
        },
        outdate: () => org.outdate("watchers"),
        matches: (live) => !live.deleted && candidates.get(live.id) === true,
        send: () => kind.post(org, params),
      });
      return { id: String(item.id), outputs: await outputs(org, item, inputs, at) };
    },
    update: async (org, id, _recorded, inputs) => {
      try {
        return await send(org, Number(id), inputs);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        throw new Error(
          `watcher ${id} no longer exists in Anomify. Run pulumi refresh, then pulumi up: it will be created again`,
        );
      }
    },
    read: async (org, id, recorded) => {
      const snapshot = await org.watchers();
      const live = snapshot.items.find((candidate) => String(candidate.id) === id && candidate.type === kind.type);
      if (recorded !== undefined && !proves(snapshot, recorded.lastWrite)) {
        org.warn(
          `${label(recorded)}: Anomify answers with a list from before the last change, so drift cannot be told now. The record is kept.`,
        );
        return recorded;
      }
      if (live === undefined || live.deleted) return undefined;
      return await outputs(org, live, recorded ?? {}, recorded?.lastWrite ?? snapshot.takenAt);
    },
    delete: async (org, id) => {
      try {
        await org.api.watcher.delete({ watcher_id: Number(id) });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      } finally {
        org.release(`watcher:${id}`);
        org.outdate("watchers");
      }
    },
  };
}

/** One text for all that is compared when a lost reply's object is looked for; people as ids. */
async function comparable(org: Organization, inputs: WatcherInputs): Promise<string> {
  const { fireTestAlertOnCreate: _fire, undelete: _undelete, ...rest } = inputs;
  const { watcherId: _id, ...compared } = rest as typeof rest & { watcherId?: number };
  const ids = async (people: readonly field.Person[]) => (await personIds(org, people)).sort();
  const summary = compared.summaryReport;
  return JSON.stringify(
    {
      ...compared,
      emailUsers: await ids(compared.emailUsers),
      smsUsers: await ids(compared.smsUsers),
      slackMentionUsers: await ids(compared.slackMentionUsers),
      summaryReport: summary === null ? null : { ...summary, emailUsers: await ids(summary.emailUsers) },
    },
    (_key, value: unknown) => sorted(value),
  );
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether the API said that there is no such object. */
export function isNotFound(error: unknown): boolean {
  return error instanceof AnomifyError && "httpStatus" in error && error.httpStatus === 404;
}
