import { expect, it } from "vitest";
import { diagnose, type Facts } from "../../domain/diagnostics/index.ts";
import type { Role } from "../../domain/roles.ts";

const people = [
  { id: 1, email: "ana@acme.example", phoneNumber: "+441632960101", slackMemberId: "U0ACME0001" },
  { id: 2, email: "ben@acme.example", phoneNumber: null, slackMemberId: null },
];
const facts: Facts = { people, channels: ["ops-alerts", "quiet"], now: Date.parse("2027-02-01T00:00:00Z") };
const nobody = { emailUsers: [], smsUsers: [], slackChannel: null, slackMentionUsers: [], msTeamsWebhook: null };
const quiet = { alert: true, chips: ["cpu"], ...nobody, summaryReport: null };
const healthy = { ...quiet, emailUsers: ["ana@acme.example"] };
const vital = { alert: "all-metrics-stopped", enabled: true, emailUsers: [], smsUsers: [], slackChannel: "" };

const roles: Readonly<Record<string, Role>> = {
  ThresholdWatcher: "threshold-watcher",
  AdminAlert: "admin-alert",
  Exclusion: "exclusion",
};
const codes = (kind: string, inputs: object, more: Facts = {}) =>
  diagnose([{ kind, role: roles[kind] ?? "watcher", label: kind, inputs: { ...inputs } }], { ...facts, ...more }).map(
    ({ code, property }) => `${code} ${property}`.trim(),
  );

it("reports each problem of a watcher by its code and property", () => {
  const matched = (count: number) => ({ matched: () => ({ count, estimate: false }) });
  const table: Array<[inputs: object, found: string[], more?: Facts]> = [
    [healthy, []],
    [{ ...healthy, emailUsers: ["eve@acme.example", 9] }, ["person-left emailUsers", "person-left emailUsers"]],
    [{ ...healthy, smsUsers: [1, "ben@acme.example"] }, ["no-phone-number smsUsers"]],
    [{ ...healthy, slackMentionUsers: [2] }, ["no-slack-member-id slackMentionUsers"]],
    [{ ...healthy, slackChannel: "ops-alert" }, ["no-such-channel slackChannel"]],
    [{ ...healthy, slackChannel: "ops-alerts" }, ["slack-not-connected slackChannel"], { channels: [] }],
    [{ ...quiet, alert: false }, ["alert-off alert"]],
    [quiet, ["nobody-notified"]],
    [{ ...quiet, summaryReport: { emailUsers: [1] } }, ["summary-only"]],
    [healthy, ["no-metric chips"], matched(0)],
    [healthy, [], matched(5000)],
    // What is not known is not judged.
    [{ ...quiet, msTeamsWebhook: undefined }, []],
    [{ ...quiet, msTeams: true }, []],
    [{ ...healthy, emailUsers: ["eve@acme.example"] }, [], { people: undefined as never }],
  ];
  for (const [inputs, found, more] of table)
    expect(codes("Watcher", inputs, more), JSON.stringify(inputs)).toEqual(found);
  expect(codes("ThresholdWatcher", healthy, matched(201))).toEqual(["too-many-metrics chips"]);
  expect(codes("ThresholdWatcher", healthy, matched(200))).toEqual([]);
});

it("a retired Teams host is decided without the URL", () => {
  const url = "https://acme.webhook.office.com/s3cret";
  const [problem] = diagnose(
    [{ kind: "Watcher", role: "watcher", label: "Watcher", inputs: { msTeamsWebhook: url } }],
    facts,
  );
  expect(problem).toMatchObject({ code: "retired-teams-host", severity: "warning" });
  expect(JSON.stringify(problem)).not.toMatch(/s3cret|acme/);
});

it("says who misses that all data stopped, with what is live in place of what is not managed", () => {
  const unmanaged = { ...vital, emailUsers: null, smsUsers: null };
  const busy = { watcherChannels: ["ops-alerts"] };
  expect(codes("AdminAlert", { ...vital, enabled: false })).toEqual(["admin-alert-off enabled"]);
  expect(codes("AdminAlert", vital)).toEqual(["admin-alert-nobody"]);
  expect(codes("AdminAlert", { ...vital, alert: "some-metrics-stopped" })).toEqual([]);
  expect(codes("AdminAlert", { ...vital, slackChannel: "ops-alerts" }, busy)).toEqual([
    "admin-alert-drowned slackChannel",
  ]);
  expect(codes("AdminAlert", { ...vital, slackChannel: "quiet" }, busy)).toEqual([]);
  expect(codes("AdminAlert", unmanaged, { adminAlerts: [{ ...vital, emailUsers: [1] }] })).toEqual([]);
  expect(codes("AdminAlert", unmanaged, { adminAlerts: [vital] })).toEqual(["admin-alert-nobody"]);
});

it("an exclusion is past when the whole day is over", () => {
  expect(codes("Exclusion", { until: "2027-01-31" })).toEqual(["exclusion-past until"]);
  expect(codes("Exclusion", { until: "2027-02-01" })).toEqual([]);
  expect(codes("Exclusion", { until: null })).toEqual([]);
});
