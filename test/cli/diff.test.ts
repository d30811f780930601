import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { applyMapping, NO_MAPPING, parseMapping } from "../../cli/compare/mapping.ts";
import { compareOrganizations } from "../../cli/diff/organizations.ts";
import { anomify } from "../helpers/anomify.ts";

const WEBHOOK = "https://example.com/teams-webhook/acme";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "anomify-diff-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("profiles and snapshots are compared by name after mapping; 1 means different, 3 failed", async () => {
  const simulator = await startSimulator({ tenants: ["acme", "globex"] });
  onTestFinished(() => simulator.stop());
  const cwd = folder();
  const env = { ANOMIFY_CONFIG_DIR: folder(), ANOMIFY_RETRIES: "0" };
  const profile = (tenant: string) => ({ endpoint: simulator.url, token: simulator.organization(tenant).token });
  const profiles = { profiles: { acme: profile("acme"), globex: profile("globex") } };
  writeFileSync(join(env.ANOMIFY_CONFIG_DIR, "profiles.json"), JSON.stringify(profiles), { mode: 0o600 });
  const run = (...args: string[]) => anomify(args, { env, cwd });

  const taken = await run("snapshot", "--profile", "acme", "--out", "a.json");
  expect(taken.code, taken.stderr).toBe(0);
  const same = await run("diff", "a.json", "acme");
  expect(same.code, same.stderr).toBe(0);
  expect(same.stdout).toContain("No difference.");
  expect(same.stdout).toContain('Not compared (secret): Watcher "Checkout latency", msTeamsWebhook.');

  simulator.organization("acme").edit((state) => {
    for (const user of state.users) if (user.id === 101) user.email = "ana@new.example";
    for (const channel of state.channels) if (channel.name === "ops-alerts") channel.name = "ops";
    for (const one of state.watchers) {
      for (const alert of one.alerts) if (alert.ref === "ops-alerts") alert.ref = "ops";
      if (one.id === 503) one.expiration_seconds = 7200;
    }
    for (const one of state.adminAlerts) for (const to of one.alerts) if (to.ref === "ops-alerts") to.ref = "ops";
    state.exclusions = state.exclusions.filter(({ id }) => id !== 32);
  });
  const map = { people: { "Ana@acme.example": "ana@new.example" }, channels: { "#ops-alerts": "ops" } };
  writeFileSync(join(cwd, "map.json"), JSON.stringify(map));
  const mapped = await run("diff", "./a.json", "acme", "--map", "map.json", "--json");
  expect(mapped.code, mapped.stderr).toBe(3);
  expect(JSON.parse(mapped.stdout)).toMatchObject({
    format: "anomify-diff",
    version: 1,
    same: false,
    onlyB: [],
    onlyA: [{ kind: "Exclusion", title: "no_learning prod.errors" }],
    changed: [{ title: "Everything on web1", changes: [{ property: "expiration", before: "1h", after: "2h" }] }],
  });
  const others = await run("diff", "acme", "globex");
  expect(others.code, others.stderr).toBe(3);
  expect(others.stdout).toMatch(/OrgSettings +OrgSettings +name +Acme Shop +/);
  expect(others.stdout + mapped.stdout).not.toContain(WEBHOOK);

  const failures: Array<[args: string[], message: string]> = [
    [["a.json", "nobody"], 'There is no profile "nobody"'],
    [["a.json", "b.json"], "b.json: there is no such file"],
    [["a.json", "acme", "--map", "a.json"], "a.json is not a mapping"],
  ];
  for (const [args, message] of failures) {
    expect(await run("diff", ...args), message).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  }
  expect(await run("diff", "a.json")).toMatchObject({ code: 2 });
  expect(await run("diff", "a.json", "acme", "--ignore", "Watchers")).toMatchObject({ code: 2 });
  expect(simulator.journal.writes()).toEqual([]);
});

test("a mapping keeps normal form, and its mistakes are reported", () => {
  const mapping = parseMapping('{"people":{"b@x.example":"z@x.example"},"chips":{"us":"eu"}}', "m.json");
  const inputs = {
    chips: ["api", "us"],
    emailUsers: ["b@x.example", "c@x.example"],
    slackChannel: null,
    summaryReport: { frequency: "weekly-monday", emailUsers: ["b@x.example", 7] },
  };
  expect(applyMapping(inputs, mapping)).toEqual({
    chips: ["api", "eu"],
    emailUsers: ["c@x.example", "z@x.example"],
    slackChannel: null,
    summaryReport: { frequency: "weekly-monday", emailUsers: [7, "z@x.example"] },
  });
  const patterns = parseMapping('{"patterns":{"us.test":"eu.test"}}', "m.json");
  expect(applyMapping({ pattern: "us.test" }, patterns)).toEqual({ pattern: "eu.test" });
  expect(() => parseMapping('{"persons":{}}', "m.json")).toThrow(/m\.json is not a mapping/);
  expect(() => parseMapping("{", "m.json")).toThrow("m.json is not JSON");
});

test("namesakes are paired by what they are, and what does not count is left out", () => {
  const watcher = (id: string, chips: string[]) => ({ kind: "Watcher", id, inputs: { name: "CPU", chips } });
  const a = [watcher("1", ["a"]), watcher("2", ["b"]), watcher("3", ["c"])];
  const b = [watcher("8", ["b"]), watcher("9", ["x"])];
  const found = compareOrganizations(a, b, NO_MAPPING);
  expect(found.changed).toEqual([
    { kind: "Watcher", title: "CPU", a: "1", b: "9", changes: [{ property: "chips", before: ["a"], after: ["x"] }] },
  ]);
  expect(found.onlyA.map(({ id }) => id)).toEqual(["3"]);
  expect(found.onlyB).toEqual([]);
  expect(compareOrganizations(a, b, NO_MAPPING, ["Watcher.chips"]).changed).toEqual([]);
  const quiet = (one: ReturnType<typeof watcher>) => ({ ...one, inputs: { ...one.inputs, alert: false } });
  const namesakes = [watcher("8", ["x"]), quiet(watcher("9", ["a"]))];
  expect(compareOrganizations(a.slice(0, 1), namesakes, NO_MAPPING, ["Watcher.alert"])).toMatchObject({
    changed: [],
    onlyB: [{ id: "8" }],
  });
  expect(compareOrganizations(a, b, NO_MAPPING, ["Watcher"])).toEqual({
    onlyA: [],
    onlyB: [],
    changed: [],
    notCompared: [],
  });
});
