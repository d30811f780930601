import { declare, fromInventory, fromOrganization, fromState } from "pulumi-anomify/routing";
import { createClient } from "pulumi-anomify/sdk";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { readInventory } from "../../provider/inventory.ts";
import type { Values } from "../../provider/runtime/definition.ts";
import { connectTo } from "../helpers/exported.ts";

const MARK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const encrypted = { ...MARK, ciphertext: "v1:abc:def" };

function deployment(resources: ReadonlyArray<{ kind: string; id: string; outputs: Values; inputs?: Values }>) {
  const own = resources.map(({ kind, id, outputs, inputs = {} }) => ({
    urn: `urn:pulumi:dev::shop::${typeToken(kind)}::${kind}-${id}`,
    custom: true,
    type: typeToken(kind),
    id,
    inputs,
    outputs,
  }));
  return { version: 3, deployment: { resources: own } };
}

test("a live organization, its inventory and the state of a stack that has all of it are the same configuration", async () => {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  const org = connectTo(simulator.url, acme);
  const live = await fromOrganization(org);
  const inventory = await readInventory(org);
  expect(live).toMatchObject({ ...fromInventory(inventory), organization: { id: 101, name: "Acme Shop" } });
  expect(live.channels).toContain("ops-alerts");
  expect(live).not.toHaveProperty("muted");
  expect(live).not.toHaveProperty("metrics");
  const [first] = live.watchers;
  expect(first).toEqual({
    kind: "Watcher",
    type: "anomaly",
    id: "501",
    label: 'Watcher "Checkout latency"',
    name: "Checkout latency",
    chips: ["checkout", "latency"],
    alert: true,
    emailUsers: ["ana@acme.example"],
    smsUsers: ["ana@acme.example"],
    slackChannel: "ops-alerts",
    slackMentionUsers: ["ana@acme.example"],
    msTeams: true,
    expirationSeconds: 3600,
    threshold: null,
    summaryReport: { frequency: "weekly-monday", emailUsers: ["ben@acme.example"] },
  });
  expect(live.people[1]).toMatchObject({ id: 102, email: "ben@acme.example", phoneNumber: null, slackMemberId: null });
  expect(JSON.stringify(live)).not.toContain("teams-webhook");

  const hidden = inventory.objects.map(({ kind, id, outputs }) => {
    // As a stack records it: one webhook encrypted, and one that the program does not set.
    const inputs = { name: "x", msTeamsWebhook: outputs.msTeamsWebhook ? encrypted : null };
    return kind === "Watcher" || kind === "ThresholdWatcher"
      ? { kind, id, inputs, outputs: { ...outputs, msTeamsWebhook: encrypted } }
      : { kind, id, outputs };
  });
  const state = fromState(deployment(hidden));
  expect(state.watchers).toEqual(live.watchers);
  expect(state.exclusions).toEqual(live.exclusions);
  expect(state.adminAlerts).toEqual(live.adminAlerts);
  expect(state.everybody).toBe(false);
  expect(fromState(JSON.stringify(deployment(hidden)))).toEqual(state);
  // What a program leaves out of a person is not managed: it may be there.
  expect(state.people[1]).toEqual({ id: 102, name: "Ben Acme", email: "ben@acme.example", emailAlerts: true });

  acme.edit((edited) => {
    edited.mutedUntil = 4_000_000_000;
  });
  const client = createClient({ endpoint: simulator.url, token: acme.token });
  const muted = await fromOrganization(client, { metrics: true });
  expect(muted.muted).toEqual({ until: 4_000_000_000 });
  expect(muted.metrics).toContainEqual({ name: "prod.web1.checkout.latency", active: true });
});

test("a state in which something that decides is encrypted is refused, and every such property named", () => {
  const outputs = { name: "CPU", chips: encrypted, smsUsers: [encrypted] };
  const text = () => fromState(deployment([{ kind: "Watcher", id: "7", outputs }]));
  expect(text).toThrow(
    /Watcher "Watcher-7": chips is encrypted\.\nWatcher "Watcher-7": smsUsers is encrypted\.\nExport/,
  );
  expect(() => fromState({ resources: [] })).toThrow("The deployment is not the state of a stack");
  expect(() => fromState("{")).toThrow("The deployment is not JSON");
});

test("plain arguments get the defaults and the normal form of the resources", () => {
  const configuration = declare({
    people: [
      { id: 7, email: "Ana@Example.com", phoneNumber: "+441632960101" },
      { email: "ben@example.com", slackMemberId: null },
    ],
    channels: ["#ops"],
    watchers: [
      { name: "CPU", chips: ["db", "cpu", "db"], emailUsers: [7, "ANA@example.com"], slackChannel: "#ops" },
      {
        name: "Queue",
        chips: ["queue"],
        expiration: "15m",
        alert: false,
        msTeamsWebhook: "https://example.com/teams-webhook/acme",
        threshold: { condition: "greater_than", value: 5 },
        summaryReport: { frequency: "Daily-09:00", emailUsers: ["ben@example.com"] },
      },
    ],
    exclusions: [{ type: "skip_analysis", pattern: "staging." }],
    adminAlerts: [{ alert: "all-metrics-stopped", emailUsers: ["ben@example.com"] }],
    metrics: ["db.cpu", { name: "db.old", active: false }],
  });
  expect(configuration.watchers).toMatchObject([
    {
      kind: "Watcher",
      id: null,
      label: 'Watcher "CPU"',
      chips: ["cpu", "db"],
      alert: true,
      slackChannel: "ops",
      emailUsers: ["ana@example.com"],
      expirationSeconds: 3600,
      msTeams: false,
      summaryReport: null,
    },
    {
      kind: "ThresholdWatcher",
      alert: false,
      expirationSeconds: 900,
      msTeams: true,
      threshold: { condition: "greater_than", value: 5, times: 1 },
      summaryReport: { frequency: "daily-09:00", emailUsers: ["ben@example.com"] },
    },
  ]);
  expect(configuration.people).toEqual([
    { id: 7, name: null, email: "ana@example.com", phoneNumber: "+441632960101" },
    { id: null, name: null, email: "ben@example.com", slackMemberId: null },
  ]);
  expect(configuration).toMatchObject({
    everybody: true,
    channels: ["ops"],
    metrics: [
      { name: "db.cpu", active: true },
      { name: "db.old", active: false },
    ],
    adminAlerts: [{ alert: "all-metrics-stopped", enabled: true, emailUsers: ["ben@example.com"], smsUsers: null }],
  });
});

test("plain arguments with mistakes are refused with all of them at once", () => {
  const wrong = () =>
    declare({
      people: [{ email: "ana@example.com" }],
      channels: ["ops"],
      watchers: [
        { name: "CPU", chips: [], emailUsers: ["anna@example.com"], slackChannel: "opps" },
        { name: "Disk", chips: ["disk"], colour: "red" },
        { name: "Queue", chips: ["queue"], slackMentionUsers: ["ana@example.com"] },
      ],
      exclusions: [{ type: "skip_analysis", pattern: " " }],
    });
  expect(wrong).toThrow(/Watcher "CPU", chips: needs at least one chip/);
  expect(wrong).toThrow(
    /Watcher "CPU", emailUsers: anna@example\.com is not in this Anomify organization\. Did you mean "ana@/,
  );
  expect(wrong).toThrow(
    /Watcher "CPU", slackChannel: Slack channel "opps" is not connected to this organization\. Did you mean "ops"/,
  );
  expect(wrong).toThrow(/Watcher "Disk", colour: is not an input of Watcher/);
  expect(wrong).toThrow(/Watcher "Queue", slackMentionUsers: needs slackChannel/);
  expect(wrong).toThrow(/Exclusion, pattern: must not be empty/);
});
