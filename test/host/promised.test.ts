import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { definitionOf } from "../../cli/compare/kinds.ts";
import { ensureBuilt } from "../helpers/build.ts";
import type { Values } from "./harness.ts";
import { kinds, sample } from "./samples.ts";
import { startWorld } from "./world.ts";

beforeAll(ensureBuilt);

/** Another value of each property that can change, beside that of the sample. */
const CHANGED: Readonly<Record<string, Values>> = {
  Watcher: {
    name: "CPU busy",
    chips: ["cpu"],
    alert: false,
    emailUsers: [],
    smsUsers: [],
    slackChannel: "general",
    slackMentionUsers: [],
    msTeamsWebhook: "https://example.com/hook/0ther",
    expiration: "2h",
    summaryReport: { frequency: "daily-07:30", emailUsers: ["ana@acme.example"] },
  },
  ThresholdWatcher: { threshold: { condition: "less_than", value: 3, times: 1 }, name: "Queue is short" },
  AdminAlert: { enabled: false, emailUsers: [], smsUsers: [], slackChannel: "", waitSeconds: 900 },
  OrgSettings: { name: "Acme Ltd", timezone: "Europe/Paris" },
  User: { name: "Benjamin", phoneNumber: "", slackMemberId: "", emailAlerts: true },
};

/** The wire names of what an update sends for a property. */
const SENT: Readonly<Record<string, readonly string[]>> = {
  name: ["name"],
  chips: ["chips"],
  alert: ["alert"],
  emailUsers: ["email_users", "type_1_email_users"],
  smsUsers: ["sms_users", "type_1_sms_users"],
  slackChannel: ["slack_channel", "type_1_slack_channel"],
  slackMentionUsers: ["slack_mention_users"],
  msTeamsWebhook: ["ms_teams_webhook"],
  expiration: ["expiration_time"],
  summaryReport: ["summary_report_frequency"],
  threshold: ["threshold_value"],
  enabled: ["type_1_enabled"],
  waitSeconds: ["type_1_wait_seconds"],
  timezone: ["timezone"],
  phoneNumber: ["phone_number"],
  slackMemberId: ["slack_member_id"],
  emailAlerts: ["email_alerts"],
};

describe("what a preview shows as changed is sent, and takes effect", () => {
  const cases = Object.entries(CHANGED).flatMap(([kind, values]) =>
    Object.entries(values).map(([property, value]) => ({ kind, property, value })),
  );
  it.each(cases)("$kind, $property", async ({ kind, property, value }) => {
    const world = await startWorld();
    const resource = world.kind(kind);
    const { id, outs } = await resource.make(sample(kind));
    const wanted = sample(kind, { [property]: value });
    const { inputs } = await resource.check(wanted);
    expect((await resource.diff(id, outs, inputs)).changes).toBe(true);
    const before = world.simulator.journal.writes().length;
    const after = await resource.update(id, outs, inputs);
    const form = world.simulator.journal.writes()[before]?.form ?? {};
    expect(
      SENT[property]?.some((name) => Object.hasOwn(form, name)),
      `sent: ${Object.keys(form).join(", ")}`,
    ).toBe(true);
    expect(after[property]).toEqual(inputs[property]);
    const refreshed = await (await world.nextRun()).kind(kind).refresh(id, after);
    expect(refreshed.outs[property]).toEqual(inputs[property]);
  });
});

/** Whether a property may be left out, and then has no value. */
function isOptional(schema: z.ZodType): boolean {
  const { success, data } = schema.safeParse(undefined);
  return success && data === undefined;
}

describe("what is left out, or null, of an object that exists anyway is no change, and nothing of it is sent", () => {
  const cases = kinds
    .filter((kind) => definitionOf(kind).alwaysExists === true)
    .flatMap((kind) =>
      Object.entries(definitionOf(kind).inputs.shape)
        .filter(([, schema]) => isOptional(schema as z.ZodType))
        .flatMap(([property]) => [
          { kind, property, how: "left out" },
          { kind, property, how: "null" },
        ]),
    );
  it.each(cases)("$kind, $property $how", async ({ kind, property, how }) => {
    const world = await startWorld();
    const resource = world.kind(kind);
    const { id, outs } = await resource.make(sample(kind));
    const { [property]: _removed, ...rest } = sample(kind);
    const { inputs, failures } = await resource.check(how === "null" ? { ...rest, [property]: null } : rest);
    expect(failures).toEqual([]);
    expect((await resource.diff(id, outs, inputs)).changes).toBe(false);

    // Along with a change of something else it is not sent either.
    const before = world.simulator.journal.writes().length;
    await resource.update(id, outs, inputs);
    const form = world.simulator.journal.writes()[before]?.form ?? {};
    for (const name of SENT[property] ?? []) expect(form).not.toHaveProperty(name);
  });
});
