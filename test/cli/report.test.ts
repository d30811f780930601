import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Report } from "../../cli/report/model.ts";
import { typeToken } from "../../provider/hosts/dynamic/provider-text.ts";
import { anomify } from "../helpers/anomify.ts";
import { AT, startReportSimulator } from "../helpers/report-organization.ts";
import { page, readReport } from "../helpers/report-page.ts";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startReportSimulator();
});
afterAll(() => simulator.stop());

test("an organization is shown with problems first, and how far watchers, recipients and exclusions go", async () => {
  const report = await readReport(simulator);
  expect(report).toMatchObject({ organization: { id: 101, name: "Acme Shop" }, takenAt: AT, notes: [] });
  expect(report.problems.map(({ severity, code, resource }) => `${severity} ${code}: ${resource}`)).toEqual([
    'error no-such-channel: Watcher "Platform in Kubernetes"',
    'error no-phone-number: Watcher "Login errors"',
    'warning alert-off: Watcher "Everything on web1"',
    'warning no-metric: Watcher "Old mail gateway"',
  ]);
  const watcher = (name: string) => report.watchers.find((one) => one.name === name);
  expect(watcher("Login errors")).toMatchObject({
    reach: { metrics: 5, estimate: false },
    notifies: [
      { to: "ben@acme.example", by: "email", obstacle: null },
      { to: "ben@acme.example", by: "sms", obstacle: "ben@acme.example has no phone number, so no SMS can reach them" },
    ],
  });
  expect(watcher("Queue too long")).toMatchObject({ threshold: "greater than 500, 3 times", alerts: null });
  expect(watcher("Everything on web1")).toMatchObject({ alert: false, alerts: 0 });
  expect(report.exclusions.map(({ pattern, ageDays, by, silences }) => [pattern, ageDays, by, silences])).toEqual([
    ["business.it", 213, "chidi@acme.example", true],
    ["staging.loadtest", 20, "ana@acme.example", true],
    ["prod.errors", 5, null, false],
  ]);
  expect(report.overlaps).toEqual([
    expect.objectContaining({ watchers: ['Watcher "Database health"', 'Watcher "Databases, CPU"'], metrics: 1 }),
  ]);
  expect(report.adminAlerts[0]).toMatchObject({ alert: "all-metrics-stopped", waitSeconds: 300 });
});

test("the load of recipients is what the replay of the same days says, by person and way", async () => {
  const { recipients, watchers, load, coverage } = await readReport(simulator);
  expect(load?.days).toHaveLength(30);
  expect(load?.days.reduce((sum, alerts) => sum + alerts, 0)).toBe(load?.alerts);
  expect(watchers.reduce((sum, { alerts }) => sum + (alerts ?? 0), 0)).toBe(load?.alerts);
  const by = (to: string) => recipients.find((one) => one.to === to);
  const alerts = (name: string) => watchers.find((one) => one.name === name)?.alerts ?? Number.NaN;
  // Notified by two watchers, in one of them by text message as well.
  const chidi = { email: alerts("Database health") + alerts("Databases, CPU"), sms: alerts("Database health") };
  expect(chidi.sms).toBeGreaterThan(0);
  expect(by("chidi@acme.example")).toMatchObject({ messages: chidi.email + chidi.sms, watchers: 2, kind: "person" });
  expect(by("chidi@acme.example")?.ways).toEqual([
    { by: "email", messages: chidi.email, obstacle: null },
    { by: "sms", messages: chidi.sms, obstacle: null },
  ]);
  expect(by("#platform-team")).toMatchObject({ messages: 0, kind: "channel" });
  expect(by("ben@acme.example")?.ways).toContainEqual({ by: "summary-email", messages: null, obstacle: null });
  expect(coverage).toMatchObject({ watched: 115, unwatched: 232, stopped: 5 });
});

test("the same organization at the same time is the same page, which needs nothing and holds no webhook and no phone number", async () => {
  const [first, second] = [page(await readReport(simulator)), page(await readReport(simulator))];
  expect(first).toBe(second);
  expect(first).toContain("<h1><bdi>Acme Shop</bdi></h1>");
  expect(first).not.toMatch(/https?:|teams-webhook|<script|\s(src|style|on\w+)=|\+44/);
  expect(first.indexOf('id="problems"')).toBeLessThan(first.indexOf('id="watchers"'));
});

test("what a credential may not read is missing with a reason, and the rest is reported", async () => {
  const refused = { kind: "status", status: 403, message: "not for tokens" } as const;
  simulator.faults.add({ on: "listMetrics", times: Number.POSITIVE_INFINITY, do: refused });
  simulator.faults.add({ on: "listAnomalies", times: Number.POSITIVE_INFINITY, do: refused });
  onTestFinished(() => simulator.faults.clear());
  const report = await readReport(simulator);
  expect(report).toMatchObject({ coverage: null, load: null });
  expect(report.notes).toEqual([
    expect.stringMatching(/^The metrics could not be read: .*403/),
    expect.stringMatching(/^The stored anomalies could not be read: .*403/),
  ]);
  expect(report.recipients.every(({ messages }) => messages === null)).toBe(true);
  const html = page(report);
  expect(html).toContain("Not everything could be read");
  expect(html).not.toContain('id="coverage"');
});

test("an organization that has nothing is shown so", async () => {
  const empty = await startSimulator({ tenants: ["empty"], clock: () => AT });
  onTestFinished(() => empty.stop());
  const html = page(await readReport(empty, "empty"));
  expect(html).toContain("There is no watcher, so nobody is notified of any anomaly.");
  expect(html).toContain("There is no exclusion.");
  expect(html).not.toContain("NaN");
});

test("muting and stopped metrics are problems, and the map still shows what is watched otherwise", async () => {
  const other = await startReportSimulator();
  onTestFinished(() => other.stop());
  other.organization("acme").edit((state) => {
    state.mutedUntil = AT + 3_600;
    for (const metric of state.metrics) if (/queue.*depth/.test(metric.name)) metric.stopped_timestamp = AT - 60;
  });
  const { problems, coverage } = await readReport(other);
  expect(problems[0]).toMatchObject({
    severity: "error",
    code: "muted",
    text: expect.stringContaining("2026-11-25T10:30Z"),
  });
  const stopped = { code: "all-stopped", kind: "ThresholdWatcher", id: "502" };
  expect(problems.at(-1)).toMatchObject({ severity: "warning", ...stopped });
  expect(coverage).toMatchObject({ watched: 112, stopped: 8 });
});

test("the command writes a file for its owner alone, replaces none unasked, and prints all of it with --json", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "anomify-report-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const { token } = simulator.organization("acme");
  const run = (...args: string[]) =>
    anomify(["report", ...args], { cwd, env: { ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: token } });

  const written = await run();
  expect(written, written.stderr).toMatchObject({ code: 0, stderr: "" });
  expect(written.stdout).toMatch(
    /^Acme Shop \(101\): 4 problems, 10 watchers\.\nWrote .*report\.html \(\d+ KiB\)\.\n$/,
  );
  const file = join(cwd, "report.html");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const html = readFileSync(file, "utf8");
  expect(html).toBe(page(await readReport(simulator)));

  const refused = await run("--out", "report.html");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("Replace it with --force");

  const printed = await run("--json");
  const report = JSON.parse(printed.stdout) as Report;
  expect(report).toMatchObject({ format: "anomify-report", version: 1 });
  expect(report).toEqual(await readReport(simulator));

  const dated = await run("--json", "--state", stateFile(cwd));
  const { exclusions, problems } = JSON.parse(dated.stdout) as Report;
  expect(exclusions[1]).toMatchObject({ pattern: "staging.loadtest", until: "2026-11-24", isPast: true });
  expect(problems.map(({ code }) => code)).toContain("exclusion-past");

  const wrong = await run("--since", "yesterday", "--force");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("--since");
  expect(readFileSync(file, "utf8")).toBe(html);
});

/** A stack that has an exclusion of the organization, with a date. */
function stateFile(folder: string): string {
  const type = typeToken("Exclusion");
  const urn = `urn:pulumi:dev::shop::${type}::x`;
  const outputs = { type: "skip_analysis", pattern: "staging.loadtest", until: "2026-11-24" };
  const path = join(folder, "state.json");
  writeFileSync(path, JSON.stringify({ version: 3, deployment: { resources: [{ urn, type, id: "31", outputs }] } }));
  return path;
}
