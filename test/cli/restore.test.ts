import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type OrganizationState, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test, vi } from "vitest";
import { applyPlan } from "../../cli/snapshot/apply.ts";
import { parseSnapshot, type Snapshot } from "../../cli/snapshot/format.ts";
import { readLive } from "../../cli/snapshot/live.ts";
import { planRestore } from "../../cli/snapshot/plan.ts";
import { takeSnapshot } from "../../cli/snapshot/take.ts";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import { anomify, startAnomify } from "../helpers/anomify.ts";
import { changeSomething, populate, randomOrganization, randomTenant } from "../helpers/random-organization.ts";

const WEBHOOK = "https://example.com/teams-webhook/acme";

async function simulated(tenants: Parameters<typeof startSimulator>[0] = { tenants: ["acme"] }): Promise<Simulator> {
  const simulator = await startSimulator(tenants);
  onTestFinished(() => simulator.stop());
  return simulator;
}

function connected({ url, organization }: Simulator, tenant = "acme"): Organization {
  const settings = readSettings(() => undefined, {
    ANOMIFY_ENDPOINT: url,
    ANOMIFY_TOKEN: organization(tenant).token,
    ANOMIFY_RETRIES: "0",
  });
  return connect(settings, new AbortController().signal, () => undefined);
}

const environment = ({ url, organization }: Simulator, tenant = "acme") => ({
  ANOMIFY_ENDPOINT: url,
  ANOMIFY_TOKEN: organization(tenant).token,
  ANOMIFY_RETRIES: "0",
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "anomify-restore-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A snapshot file for its owner alone, apart from what the command writes. */
function kept(snapshot: Snapshot): string {
  const file = join(folder(), "s.json");
  writeFileSync(file, JSON.stringify(snapshot), { mode: 0o600 });
  return file;
}

/** Objects by kind and reported id, for a comparison of two snapshots. */
function settled(snapshot: Snapshot, newIds: ReadonlyArray<{ kind: string; from: string; to: string }> = []) {
  const idOf = (kind: string, id: string) => newIds.find((one) => one.kind === kind && one.to === id)?.from ?? id;
  return Object.fromEntries(snapshot.objects.map(({ kind, id, inputs }) => [`${kind} ${idOf(kind, id)}`, inputs]));
}

const noSignal = new AbortController().signal;

async function restored(org: Organization, snapshot: Snapshot, prune = true) {
  const plan = planRestore(snapshot, await readLive(org), { prune });
  return { plan, applied: await applyPlan(plan, org, noSignal) };
}

/** Everything that can happen to an organization which the API can undo. */
function scramble(state: OrganizationState): void {
  for (const one of state.watchers) {
    if (one.id === 501) Object.assign(one, { name: "Renamed", chips: ["other"], alerts: [], alert: false });
    if (one.id === 502) one.deleted = true;
    if (one.id === 499) one.deleted = false;
  }
  state.lastIds.set("watcher", 503);
  state.watchers = state.watchers.filter(({ id }) => id !== 503);
  state.lastIds.set("exclusion", 32);
  state.exclusions = state.exclusions.filter(({ id }) => id !== 32);
  for (const one of state.exclusions) one.note = "Somebody else's reason";
  for (const one of state.adminAlerts) Object.assign(one, { enabled: false, wait_seconds: 1200, alerts: [] });
  for (const one of state.users) Object.assign(one, { phone_number: "+441632960999", slack_member_id: null });
  Object.assign(state.org, { name: "Changed", timezone: "Asia/Tokyo" });
}

test("a snapshot is for its owner alone, holds webhook URLs on request alone, and says what is wrong with a bad file", async () => {
  const simulator = await simulated();
  const cwd = folder();
  const env = environment(simulator);
  const plain = await anomify(["snapshot", "--out", "a.json", "--json"], { env, cwd });
  expect(plain).toMatchObject({ code: 0, stderr: expect.stringContaining("Left out: 1 webhook URL;") });
  expect(JSON.parse(plain.stdout)).toMatchObject({
    file: join(cwd, "a.json"),
    written: true,
    live: true,
    withheld: 1,
    deletedWatchers: 1,
    organization: { id: 101, name: "Acme Shop" },
    objects: { Watcher: 2, ThresholdWatcher: 1, User: 4 },
  });
  expect(statSync(join(cwd, "a.json")).mode & 0o777).toBe(0o600);
  const text = readFileSync(join(cwd, "a.json"), "utf8");
  expect(text).not.toContain(WEBHOOK);
  const snapshot = parseSnapshot(text, "a.json");
  expect(snapshot.deletedWatchers).toEqual([{ kind: "Watcher", id: "499", name: "Old disk watcher" }]);

  const full = await anomify(["snapshot", "--with-secrets", "--out", "b.json"], { env, cwd });
  expect(full.code, full.stderr).toBe(0);
  expect(full.stdout).not.toContain(WEBHOOK);
  expect(readFileSync(join(cwd, "b.json"), "utf8")).toContain(WEBHOOK);
  expect(statSync(join(cwd, "b.json")).mode & 0o777).toBe(0o600);
  expect(simulator.journal.writes()).toEqual([]);

  expect(() => parseSnapshot(text.slice(0, -20), "a.json")).toThrow("damaged: it is not JSON");
  expect(() => parseSnapshot("{}", "a.json")).toThrow("is no snapshot");
  expect(() => parseSnapshot(JSON.stringify({ ...snapshot, version: 2 }), "a.json")).toThrow(/version 2.*Update/);
  const odd = { ...snapshot, objects: [{ ...snapshot.objects[0], inputs: { name: 5 } }] };
  expect(() => parseSnapshot(JSON.stringify(odd), "a.json")).toThrow(/damaged:\n {2}objects\.0\.inputs/);
});

test("restore plans first, writes on consent alone, and brings everything back with the ids that can be had", async () => {
  const simulator = await simulated();
  const acme = simulator.organization("acme");
  const cwd = folder();
  const env = environment(simulator);
  const before = await takeSnapshot(connected(simulator), { withSecrets: true });
  const file = kept(before);
  acme.edit(scramble);

  const dry = await anomify(["restore", file, "--prune", "--dry-run", "--json"], { env, cwd });
  expect(dry.code, dry.stderr).toBe(0);
  expect(dry.stdout).not.toContain(WEBHOOK);
  const { plan } = JSON.parse(dry.stdout);
  const actions = plan.steps.map(({ action, kind, id }: Record<string, string>) => `${action} ${kind} ${id}`);
  expect(actions).toEqual([
    "update OrgSettings 101",
    "update User 101",
    "update User 102",
    "update User 103",
    "update User 104",
    "update Watcher 501",
    "create Watcher 503",
    "undelete ThresholdWatcher 502",
    "create Exclusion 31",
    "create Exclusion 32",
    "update AdminAlert 1",
    "update AdminAlert 2",
    "delete Watcher 499",
    "delete Exclusion 31",
  ]);
  const unasked = await anomify(["restore", file, "--prune"], { env, cwd });
  expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining("Nothing was written") });
  expect(simulator.journal.writes()).toEqual([]);

  const done = await anomify(["restore", file, "--prune", "--yes"], { env, cwd });
  expect(done.code, done.stderr + done.stdout).toBe(0);
  expect(done.stdout).toContain("Verified: the organization is as in the snapshot");
  expect(done.stdout).toContain("Watcher 503 has the id 504 now.");
  expect(done.stdout).not.toContain(WEBHOOK);
  const newIds = [
    { kind: "Watcher", from: "503", to: "504" },
    { kind: "Exclusion", from: "31", to: "33" },
    { kind: "Exclusion", from: "32", to: "34" },
  ];
  const after = await takeSnapshot(connected(simulator), { withSecrets: true });
  expect(settled(after, newIds)).toEqual(settled(before));
  expect(after.deletedWatchers).toEqual(before.deletedWatchers);
  expect(acme.testAlertsFired).toBe(0);

  const again = await anomify(["restore", file, "--prune", "--yes"], { env, cwd });
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("There is nothing to do.") });
});

test("a snapshot of another organization is refused", async () => {
  const simulator = await simulated({ tenants: ["acme", "globex"] });
  const cwd = folder();
  const file = kept(await takeSnapshot(connected(simulator)));
  const { code, stderr } = await anomify(["restore", file, "--yes"], {
    env: environment(simulator, "globex"),
    cwd,
  });
  expect(code).toBe(1);
  expect(stderr).toContain("The snapshot is of organization 101 (Acme Shop)");
  expect(stderr).toContain("anomify export");
  expect(simulator.journal.writes()).toEqual([]);
});

test("without --prune what is new is kept and reported; a secret that the snapshot lacks is left alone", async () => {
  const simulator = await simulated();
  const acme = simulator.organization("acme");
  const org = connected(simulator);
  const before = await takeSnapshot(org);
  acme.edit((state) => {
    for (const one of state.watchers) {
      if (one.id === 501) one.name = "Renamed";
      if (one.id === 499) one.deleted = false;
    }
  });
  const { plan } = await restored(org, before, false);
  expect(plan.kept).toEqual([expect.objectContaining({ id: "499", text: expect.stringContaining("without --prune") })]);
  expect(plan.remaining).toEqual([]);
  const [latency] = acme.watchers().filter(({ id }) => id === 501);
  expect(latency).toMatchObject({ name: "Checkout latency", deleted: false });
  expect(latency?.alerts.find(({ method }) => method === "ms_teams")?.ref).toBe(WEBHOOK);

  acme.edit((state) => {
    state.watchers = state.watchers.filter(({ id }) => id !== 501);
  });
  const again = await restored(org, before, false);
  expect(again.plan.remaining).toEqual([
    expect.objectContaining({ id: "501", text: expect.stringContaining("webhook URL is not in the snapshot") }),
  ]);
  expect(acme.watchers().filter(({ name }) => name === "Checkout latency")).toHaveLength(1);
});

test("people and channels that are gone are left out and reported, and do not keep a watcher from coming back", async () => {
  const simulator = await simulated();
  const acme = simulator.organization("acme");
  const cwd = folder();
  const file = kept(await takeSnapshot(connected(simulator), { withSecrets: true }));
  acme.edit((state) => {
    state.users = state.users.filter(({ id }) => id !== 102);
    state.channels = state.channels.filter(({ name }) => name !== "ops-alerts");
    for (const one of state.watchers) if (one.id === 501) Object.assign(one, { chips: ["other"], alerts: [] });
  });
  const { code, stdout } = await anomify(["restore", file, "--yes"], { env: environment(simulator), cwd });
  expect(code).toBe(4);
  expect(stdout).toContain('slackChannel: Slack channel "ops-alerts" is not connected to this organization');
  expect(stdout).toContain("summaryReport: ben@acme.example is not in this Anomify organization");
  expect(stdout).toContain("slackMentionUsers: nobody can be mentioned without a channel");
  expect(stdout).toMatch(/ben@acme\.example +has left, and the API cannot add people/);
  const [latency] = acme.watchers().filter(({ id }) => id === 501);
  expect(latency?.chips).toEqual(["checkout", "latency"]);
  expect(latency?.alerts.map(({ method }) => method)).toEqual(["email", "sms", "ms_teams"]);
});

test("a failure half-way is reported, and a second run goes on without making anything twice", async () => {
  const simulator = await simulated();
  const cwd = folder();
  const env = environment(simulator);
  const before = await takeSnapshot(connected(simulator), { withSecrets: true });
  const file = kept(before);
  simulator.organization("acme").edit(scramble);
  // The watcher is made, its reply is lost, and the way to the service is broken from then on.
  simulator.faults.add({ on: "createWatcher", do: { kind: "drop", when: "after" } });
  simulator.faults.add({ on: "listWatchers", skip: 1, times: 1, do: { kind: "drop", when: "before" } });

  const broken = await anomify(["restore", file, "--prune", "--yes"], { env, cwd });
  expect(broken.code, broken.stdout).toBe(1);
  expect(broken.stderr).toContain("Run the same command again to go on.");
  simulator.faults.clear();

  const done = await anomify(["restore", file, "--prune", "--yes", "--json"], { env, cwd });
  expect(done.code, done.stderr).toBe(0);
  const after = await takeSnapshot(connected(simulator), { withSecrets: true });
  expect(settled(after, JSON.parse(done.stdout).newIds)).toEqual(settled(before));
});

test.each([
  ["SIGKILL", null],
  ["SIGINT", 130],
] as const)("ended half-way by %s, it goes on where it was", async (signal, code) => {
  const simulator = await simulated();
  const cwd = folder();
  const env = environment(simulator);
  const before = await takeSnapshot(connected(simulator), { withSecrets: true });
  const file = kept(before);
  simulator.organization("acme").edit(scramble);
  simulator.faults.add({ on: "addExclusion", skip: 1, do: { kind: "delay", ms: 600_000 } });

  const { child, ended } = startAnomify(["restore", file, "--prune", "--yes"], { env, cwd });
  const added = () => simulator.journal.writes().filter(({ operation }) => operation === "addExclusion");
  await vi.waitFor(() => expect(added()).toHaveLength(2), { timeout: 60_000 });
  child.kill(signal);
  const stopped = await ended;
  expect(stopped.code, stopped.stderr).toBe(code);
  if (code !== null) expect(stopped.stderr).toMatch(/Stopped in step \d+ of \d+\. Run the same command again/);
  expect(simulator.organization("acme").exclusions()).toHaveLength(2);

  const done = await anomify(["restore", file, "--prune", "--yes", "--json"], { env, cwd });
  expect(done.code, done.stderr).toBe(0);
  const { newIds, plan } = JSON.parse(done.stdout);
  expect(plan.newIds).toEqual([
    { kind: "Watcher", from: "503", to: "504" },
    { kind: "Exclusion", from: "31", to: "33" },
  ]);
  const after = await takeSnapshot(connected(simulator), { withSecrets: true });
  expect(settled(after, newIds)).toEqual(settled(before));
});

test("lists from a cache are no ground for writes, unless the user says so", async () => {
  const simulator = await simulated();
  const cwd = folder();
  const file = kept(await takeSnapshot(connected(simulator)));
  simulator.organization("acme").edit((state) => {
    for (const one of state.watchers) if (one.id === 501) one.name = "Renamed";
  });
  simulator.faults.add({
    on: "listWatchers",
    times: Number.POSITIVE_INFINITY,
    do: { kind: "mutate", change: (body) => Object.assign(body.status, { oldest_cached_component_age: 900 }) && body },
  });
  const env = environment(simulator);
  const refused = await anomify(["restore", file, "--yes"], { env, cwd });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("lists from its cache") });
  expect(simulator.journal.writes()).toEqual([]);
  const forced = await anomify(["restore", file, "--yes", "--accept-cache"], { env, cwd });
  expect(forced).toMatchObject({ code: 0, stderr: expect.stringContaining("cannot be verified now") });
});

test("any organization, changed in any way, comes back to its snapshot", async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(randomOrganization, fc.array(fc.nat(), { maxLength: 8 }), fc.nat(), async (model, edits, lost) => {
      round += 1;
      const tenant = randomTenant(2000 + round);
      const simulator = await startSimulator({ tenants: [tenant] });
      try {
        const organization = simulator.organization(tenant.name);
        populate(organization, model);
        const org = connected(simulator, tenant.name);
        const before = await takeSnapshot(org, { withSecrets: true });
        // Through the file, as a user does it.
        const stored = parseSnapshot(JSON.stringify(before), "s.json");
        for (const edit of edits) changeSomething(organization, edit);
        organization.edit((state) => lose(state, lost));
        const { applied } = await restored(org, stored);
        expect(applied.failed).toEqual([]);
        org.lists.invalidate("watchers", "exclusions", "users", "adminAlerts", "org");
        const after = await takeSnapshot(org, { withSecrets: true });
        expect(settled(after, applied.newIds)).toEqual(settled(before));
        expect(planRestore(stored, await readLive(org), { prune: true }).steps).toEqual([]);
        expect(organization.testAlertsFired).toBe(0);
      } finally {
        await simulator.stop();
      }
    }),
    { numRuns: 20 },
  );
});

/** Watchers are deleted, softly or for good, brought back and made; exclusions go. */
function lose(state: OrganizationState, seed: number): void {
  const fate = (index: number) => Math.floor(seed / 4 ** index) % 4;
  const highest = (list: readonly { id: number }[]) => Math.max(900, ...list.map(({ id }) => id));
  state.lastIds.set("watcher", highest(state.watchers));
  state.lastIds.set("exclusion", highest(state.exclusions));
  state.watchers = state.watchers.flatMap((one, index) => {
    if (fate(index) === 0) return [];
    if (fate(index) === 1) return [{ ...one, deleted: !one.deleted }];
    return fate(index) === 2 ? [one, { ...structuredClone(one), id: 10_000 + index, deleted: false }] : [one];
  });
  state.exclusions = state.exclusions.filter((_, index) => fate(index) > 0);
}
