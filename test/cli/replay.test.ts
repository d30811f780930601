import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import type { Connection } from "../../cli/connection/connection.ts";
import { parsePlan } from "../../cli/replay/plan.ts";
import type { ReplayReport } from "../../cli/replay/report.ts";
import { findReplay, type ReplayOptions } from "../../cli/replay/run.ts";
import { spanOf } from "../../cli/replay/span.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import { setAnomalies } from "../helpers/anomalies.ts";
import { anomify } from "../helpers/anomify.ts";

const HOUR = 3600;
const until = Date.parse("2026-11-20T00:00Z") / 1000;
const span = { from: until - 48 * HOUR, until };
const SPAN = ["--since", "2d", "--until", "2026-11-20"];
/** Every half an hour for ten hours. */
const often = Array.from({ length: 20 }, (_, at) => until - 12 * HOUR + (at * HOUR) / 2);

async function world() {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const acme = simulator.organization("acme");
  setAnomalies(acme, {
    "web1.checkout.latency": often,
    "web2.checkout.latency": [until - HOUR],
    "db1.cpu": [until - 40 * HOUR, until - HOUR, until + HOUR],
    "staging.db.cpu": [until - HOUR],
  });
  acme.edit(({ watchers }) => {
    for (const watcher of watchers) if (watcher.id === 503) watcher.alert = true;
  });
  const env = { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: acme.token, ANOMIFY_RETRIES: "0" };
  const replay = (args: string[], stdin = "") => anomify(["replay", ...args], { env, stdin });
  const settings = readSettings((key) => ({ "anomify:endpoint": simulator.url, "anomify:token": acme.token })[key], {});
  const organization = connect(settings, new AbortController().signal, () => undefined);
  const connection = { client: organization.api, organization, endpoint: simulator.url } as Connection;
  /** The same in this process, which takes a hundredth of the time. */
  const report = (steps: object[], options: Partial<ReplayOptions> = {}) =>
    findReplay(connection, {
      span,
      progress: { step: () => undefined },
      change: { from: "preview", ...parsePlan(JSON.stringify({ steps }), "plan.json") },
      ...options,
    });
  return { simulator, acme, replay, report };
}

/** A watcher as a preview plans it, or a state records it. */
const watcher = (name: string, inputs: object, id?: string) => ({
  urn: `urn:pulumi:dev::shop::${typeToken("Watcher")}::${name}`,
  type: typeToken("Watcher"),
  ...(id === undefined ? {} : { id }),
  inputs: { name, alert: true, expiration: "1h", emailUsers: [], __provider: "text", ...inputs },
});
const latency = { chips: ["checkout", "latency"], smsUsers: ["ana@acme.example"] };

test("without a change: what the organization would have alerted about", async () => {
  const { simulator, replay } = await world();
  const { code, stdout, stderr } = await replay(SPAN);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("Acme Shop (101), 2026-11-18T00:00Z to 2026-11-20T00:00Z: 24 anomalies.");
  expect(stdout).toMatch(/^Watcher "Checkout latency" +11 +10$/m);
  expect(stdout).toMatch(/^ana@acme\.example +sms +11$/m);
  expect(stdout).toContain(
    'Not replayed: ThresholdWatcher "Queue too long": stored anomalies know nothing of thresholds.',
  );
  expect(stdout).toContain("  Summaries are not counted.\n");
  expect(simulator.journal.writes()).toEqual([]);
});

test("a preview: before and after by watcher and by person, and what cannot be known", async () => {
  const { replay, report: reportOf } = await world();
  const changed = watcher("Slow checkout", { ...latency, expiration: "6h", msTeamsWebhook: "[secret]" });
  const before = watcher("Checkout latency", latency, "501");
  const steps = [
    {
      op: "same",
      newState: { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
    },
    { op: "update", oldState: before, newState: changed },
    { op: "create", newState: watcher("CPU", { chips: ["cpu"], emailUsers: ["ben@acme.example"] }) },
    { op: "create", newState: watcher("Web", { adopt: true, chips: ["web1"], emailUsers: ["ben@acme.example"] }) },
    { op: "create", newState: watcher("Later", { chips: ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"] }) },
    { op: "update", newState: watcher("Secret", { chips: "[secret]" }, "503") },
  ];
  const { stdout } = await replay([...SPAN, "--plan", "-"], JSON.stringify({ steps }));
  expect(stdout).toMatch(/^Watcher "Slow checkout" +11 +3 +10 → 18$/m);
  expect(stdout).toContain("1 watcher with as many alerts as before (--all).");
  const report = await reportOf(steps);
  expect(report).toMatchObject({ change: "preview", anomalies: 24, alerts: { before: 11 } });
  expect(report.watchers).toMatchObject([
    { watcher: 'Watcher "Slow checkout"', id: "501", before: { alerts: 11 }, after: { alerts: 3 } },
    { watcher: 'Watcher "Everything on web1"', id: "503", before: { alerts: 0 }, after: { alerts: 0 } },
    { watcher: 'Watcher "CPU"', id: null, before: null, after: { alerts: 3, heldBack: 0 } },
    { watcher: 'Watcher "Web"', id: null, before: null, after: { alerts: 10 } },
  ]);
  expect(report.recipients).toContainEqual({ kind: "person", to: "ana@acme.example", by: "sms", before: 11, after: 3 });
  expect(report.recipients).toContainEqual({
    kind: "person",
    to: "ben@acme.example",
    by: "email",
    before: 0,
    after: 13,
  });
  expect(report.notReplayed.map(({ title, reason }) => [title, reason])).toEqual([
    ["Queue too long", "stored anomalies know nothing of thresholds"],
    ["Later", "known after the update only: chips"],
    ["Secret", "a secret that is not written there: chips"],
  ]);
});

test("a preview that adopts, deletes and ends an exclusion", async () => {
  const { acme, report: reportOf } = await world();
  const exclusion = (pattern: string, id?: string) => ({
    urn: `urn:pulumi:dev::shop::${typeToken("Exclusion")}::x`,
    type: typeToken("Exclusion"),
    inputs: { type: "skip_analysis", pattern, note: null, until: null },
    ...(id === undefined ? {} : { id }),
  });
  acme.edit(({ exclusions }) => {
    for (const one of exclusions) if (one.id === 31) one.pattern = "web1";
  });
  const steps = [
    { op: "create", newState: watcher("Checkout latency", { ...latency, adopt: true }) },
    { op: "delete", oldState: watcher("Everything on web1", {}, "503") },
    { op: "create-replacement", oldState: exclusion("web1", "31"), newState: exclusion("web2") },
    { op: "replace", oldState: exclusion("web1", "31"), newState: exclusion("web2") },
    { op: "delete-replaced", oldState: exclusion("web1", "31") },
  ];
  const report = await reportOf(steps);
  expect(report.watchers).toMatchObject([
    { id: "501", before: { alerts: 1 }, after: { alerts: 10 } },
    { id: "503", before: { alerts: 0 }, after: null },
  ]);
  expect(report.limits.at(-1)).toMatch(/^Exclusion "web1" ends: .* no stored anomalies/);
});

test("a state, one watcher, and a limit on messages", async () => {
  const { replay, report: reportOf } = await world();
  const { inputs, ...resource } = watcher("Checkout latency", { ...latency, expiration: "30m" }, "501");
  const other = watcher("Other", { chips: ["cpu"] }, "9999");
  const state = JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        { ...resource, outputs: inputs },
        { ...other, outputs: other.inputs },
      ],
    },
  });
  const args = [...SPAN, "--state", "-", "--watcher", "Checkout latency", "--max-messages", "20", "--json"];
  const { code, stdout, stderr } = await replay(args, state);
  expect(code, stderr).toBe(3);
  expect(JSON.parse(stdout) as ReplayReport).toMatchObject({
    format: "anomify-replay",
    change: "state",
    exitCode: 3,
    notReplayed: [],
    watchers: [{ id: "501", before: { alerts: 11 }, after: { alerts: 21 } }],
  });
  expect(await reportOf([], { maxMessages: 11 })).toMatchObject({ exitCode: 0 });
  await expect(reportOf([], { watcher: "Checkout latenzy" })).rejects.toThrow('Did you mean "Checkout latency"?');
});

test("wrong arguments, a wrong file, and a service without anomalies are reported", async () => {
  const { simulator, replay, report } = await world();
  const wrong = await replay(["--since", "2026-11-20", "--until", "2026-11-19"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("must be before --until")]);
  expect(spanOf({ since: "2d", until: "2026-11-20" }, 0)).toEqual(span);
  expect(spanOf({ since: "soon" }, until)).toMatchObject({ option: "--since <time>" });
  expect(spanOf({ since: "1d", until: "2026-13-01" }, until)).toMatchObject({ option: "--until <time>" });
  for (const text of ['{"deployment": "hunter2"}', "hunter2"]) {
    expect(() => parsePlan(text, "plan.json")).toThrow(
      /^plan\.json is not what pulumi preview --json writes\. Write it with: [^2]*$/,
    );
  }
  simulator.faults.add({ on: "listAnomalies", do: { kind: "status", status: 403 } });
  await expect(report([])).rejects.toThrow("GET /anomalies");
});
