import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import type { Stack } from "pulumi-anomify/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "anomify-policy-"));
const settings = join(directory, "policy-config.json");
let simulator: Simulator;
let stack: Stack;

const write = (code: string) =>
  writeFileSync(join(directory, "index.js"), `const anomify = require("pulumi-anomify");\n${code}\n`);

const configure = (rules: object) => writeFileSync(settings, JSON.stringify(rules));

// A value that follows from the id of what is yet to be made is not known in a preview.
const LATER = `
const made = new anomify.Exclusion("no-reason", { type: "skip_analysis", pattern: "staging.loadtest.web2" });
new anomify.Watcher("later", { name: "Later", chips: ["db1", "cpu"], slackChannel: made.id.apply(() => undefined) });
`;
const WRONG = `${LATER}
new anomify.Watcher("silent", { name: "Silent", chips: ["prod"], alert: false });
new anomify.Watcher("flood", { name: "Flood", chips: ["db1", "cpu"], emailUsers: ["ana@acme.example"], expiration: "2m" });
`;
const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const RIGHT = `
new anomify.Exclusion("no-reason", {
  type: "skip_analysis", pattern: "staging.loadtest.web2", note: "Load tests", until: "${until}",
});
const both = ["ana@acme.example", "ben@acme.example"];
new anomify.Watcher("checkout", { name: "Checkout", chips: ["prod", "checkout"], emailUsers: both, expiration: "15m" });
for (const alert of ["all-metrics-stopped", "some-metrics-stopped"]) {
  new anomify.AdminAlert(alert, { alert, emailUsers: both });
}
`;

beforeAll(async () => {
  await ensureBuilt();
  simulator = await startSimulator();
  writeFileSync(join(directory, "Pulumi.yaml"), "name: anomify-policy\nruntime: nodejs\n");
  writeFileSync(join(directory, "package.json"), '{ "main": "index.js" }');
  configure({});
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
  stack = await createCliStack(
    {
      directory,
      config: { "anomify:endpoint": simulator.url },
      secrets: { "anomify:token": simulator.organization("acme").token },
    },
    undefined,
    ["--policy-pack", join(root, "examples/policy-pack"), "--policy-pack-config", settings],
  );
});
afterAll(async () => {
  await stack?.close();
  await simulator?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** `[mandatory] nobody-notified silent`, one line per violation. */
function violations(stdout: string): string[] {
  const found = stdout.matchAll(/^ +- \[(\w+)\] \[severity: \w+\] +(\S+) +\(.*: (\S+)\)$/gm);
  return Array.from(found, ([, level, rule, resource]) => `[${level}] ${rule} ${resource}`).sort();
}

describe("the policy pack of the examples, with the real CLI", () => {
  it("reports each violation, what is not known yet as an advice, and fails the preview", async () => {
    write(WRONG);
    const { ok, stdout, stderr } = await stack.preview();
    expect(ok).toBe(false);
    expect(violations(stdout), stdout + stderr).toEqual([
      "[advisory] admin-alerts-on anomify-policy-dev",
      "[advisory] admin-alerts-on anomify-policy-dev",
      "[advisory] exclusions-carry-note-and-until no-reason",
      "[advisory] exclusions-carry-note-and-until no-reason",
      "[advisory] nobody-notified later",
      "[mandatory] minimum-expiration flood",
      "[mandatory] no-broad-chips silent",
      "[mandatory] nobody-notified silent",
      "[mandatory] nobody-notified silent",
      "[mandatory] prod-watchers-are-real-time silent",
    ]);
    expect(stdout).toContain(
      'Watcher "Silent", alert: is false, so nobody is notified. Set alert: true, or remove the watcher.',
    );
    expect(stdout).toContain("string value at .slackChannel can't be known during preview");
    expect(stdout).not.toContain("exports.handler");
  });

  it("does not make what violates a mandatory rule, though a preview could not know", async () => {
    write(LATER);
    const { ok, stdout, stderr } = await stack.up();
    expect(ok).toBe(false);
    expect(violations(stdout), stdout + stderr).toContain("[mandatory] nobody-notified later");
    const acme = simulator.organization("acme");
    expect(acme.exclusions().map(({ pattern }) => pattern)).toContain("staging.loadtest.web2");
    expect(acme.watchers().map(({ name }) => name)).not.toContain("Later");
  });

  it("passes when the program is corrected", async () => {
    write(RIGHT);
    const { ok, stdout, stderr } = await stack.preview();
    expect(ok, stdout + stderr).toBe(true);
    expect(violations(stdout)).toEqual([]);
  });

  it("takes settings and levels from a file", async () => {
    write(RIGHT);
    configure({
      "minimum-expiration": { minimum: "1h", enforcementLevel: "advisory" },
      "no-broad-chips": { minimumChips: 3 },
    });
    const stricter = await stack.preview();
    expect(stricter.ok).toBe(false);
    expect(violations(stricter.stdout)).toEqual([
      "[advisory] minimum-expiration checkout",
      "[mandatory] no-broad-chips checkout",
    ]);
  });
});
