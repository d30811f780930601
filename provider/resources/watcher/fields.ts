import { z } from "zod";
import type { Organization } from "../../organization/organization.ts";
import type { InputsOf, OutputsOf } from "../../runtime/definition.ts";
import type { Failure } from "../../runtime/messages.ts";
import { adoptInput } from "../adopt.ts";
import * as field from "../fields.ts";
import { samePeople } from "../people.ts";

/** Properties that both types of watcher have, and their mistakes: all but the rule of a threshold watcher. */

const SLACK =
  "Slack channel that is notified of each anomaly, with or without `#`. Must be connected to the organization.";

/** Inputs in the order in which a reader wants them. */
export const watcherInputs = {
  name: field.documented(field.text, {
    description: "Display name. Not known to be unique in Anomify.",
    evidence: "inferred",
  }),
  chips: field.documented(field.chips, {
    description:
      "Parts of metric names: a metric is watched when it matches all of them. A set: order and duplicates mean nothing.",
    evidence: "inferred",
  }),
  alert: field.documented(field.flag.default(true), {
    description:
      "Whether anybody is notified. Anomify's own default is false; a watcher in code is meant to notify people, so ours is true.",
    evidence: "assumed",
  }),
  emailUsers: field.documented(field.people.default([]), {
    description: "People who get an e-mail per anomaly: e-mail address or user id.",
    evidence: "assumed",
  }),
  smsUsers: field.documented(field.people.default([]), {
    description: "People who get a text message per anomaly. Each needs a phone number.",
    evidence: "assumed",
  }),
  slackChannel: field.documented(field.channel.optional(), { description: SLACK, evidence: "assumed" }),
  slackMentionUsers: field.documented(field.people.default([]), {
    description: "People mentioned in the Slack message. Each needs a Slack member id; needs `slackChannel`.",
    evidence: "assumed",
  }),
  msTeamsWebhook: field.documented(field.webhook.optional(), {
    description: "Webhook URL of a Microsoft Teams channel. A secret: encrypted in the state, never printed.",
    evidence: "assumed",
  }),
  expiration: field.documented(field.duration.default("1h"), {
    description:
      'How long an alert holds back further ones for the same metric: `"90m"`, `"1h"` or `{ value: 90, unit: "minute" }`. Compared as seconds; at least 60 (assumed).',
    outputAs: "string",
    evidence: "inferred",
  }),
  summaryReport: field.documented(field.summaryReport.optional(), {
    description:
      'Digest by e-mail: `frequency` is `"daily-HH:MM"`, `"weekly-<weekday>"` or `"monthly-<day>"`; at least one recipient.',
    evidence: "inferred",
  }),
  fireTestAlertOnCreate: field.documented(field.flag.default(false), {
    description: "Sends one test alert right after creation. Acts once; changing it later does nothing.",
    evidence: "assumed",
  }),
  undelete: field.documented(field.flag.default(false), {
    description:
      "Deletion is soft in Anomify: with true, creating brings back the one deleted watcher of this name, with its id, and updates it. Acts on create alone.",
    evidence: "inferred",
  }),
  adopt: adoptInput("name and type"),
};

export const watcherComputed = {
  watcherId: field.documented(z.int(), {
    description: "Id of the watcher in Anomify.",
    evidence: "assumed",
  }),
  effect: field.effect,
  lastWrite: field.lastWrite,
};

export type WatcherInputs = InputsOf<typeof watcherInputs>;
export type WatcherComputed = OutputsOf<typeof watcherComputed>;

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
