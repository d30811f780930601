import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { guided, WEBHOOK } from "../helpers/guided.ts";

beforeAll(ensureBuilt);

test("an existing project adopts what it does not manage, and nothing changes", async () => {
  const { simulator, project, adopt, pulumi, files } = await guided();
  await pulumi(["up", "--yes", "--skip-preview"]);
  const [before, writes] = [files(), simulator.journal.writes().length];
  const ran = await adopt("--yes", "--all", "--import", "--verify", "--json");
  expect(ran.code, ran.stderr).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    written: true,
    edited: true,
    imported: true,
    verified: true,
    commands: [],
    managed: [{ kind: "AdminAlert", id: "1", name: "ours" }],
    secrets: [{ key: "checkoutLatencyMsTeamsWebhook" }],
  });
  expect(ran.stdout + ran.stderr).not.toContain(WEBHOOK);

  const after = files();
  expect(Object.keys(after).filter((name) => !(name in before))).toEqual(["anomify/adopted.ts"]);
  expect(existsSync(join(project, ".anomify"))).toBe(false);
  expect(after["index.ts"]).toBe(`${before["index.ts"]}import "./anomify/adopted";\n`);
  for (const name of ["package.json", "tsconfig.json", "Pulumi.yaml"]) expect(after[name]).toBe(before[name]);
  expect(JSON.stringify(after)).not.toContain(WEBHOOK);
  const state = await pulumi(["stack", "export"]);
  expect(state).not.toContain(WEBHOOK);
  expect(await pulumi(["stack", "export", "--show-secrets"])).toContain(WEBHOOK);
  const { resources } = JSON.parse(state).deployment as { resources: Array<{ type: string; protect?: boolean }> };
  const ours = resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/anomify:"));
  expect(ours).toHaveLength(12);
  expect(ours.filter(({ protect }) => protect)).toHaveLength(11);
  expect(simulator.journal.writes()).toHaveLength(writes);

  const again = await adopt("--yes", "--all", "--import", "--verify");
  expect(again.code, again.stderr).toBe(0);
  expect(again.stdout).toContain("Everything that is live is managed.");
  expect(files()).toEqual(after);
});

test("an import that fails leaves the project as it was, the stack's settings too", async () => {
  const { project, adopt, files } = await guided();
  // As if somebody else were at work on the stack.
  const locks = join(project, "../state/.pulumi/locks/organization/shop/dev");
  mkdirSync(locks, { recursive: true });
  const lock = { pid: 1, username: "ben", hostname: "elsewhere", timestamp: "2026-01-01T00:00:00Z" };
  writeFileSync(join(locks, "4f6c9f0e-8f5c-4c6e-9d0b-0a6d3c1b2e4f.json"), JSON.stringify(lock));
  const before = files();
  const failed = await adopt("--yes", "--select", "Watcher:501", "--import", "--verify");
  expect(failed.code, failed.stdout).toBe(1);
  expect(failed.stderr).toContain("pulumi import failed with exit code");
  expect(failed.stderr).toContain("Taken back: index.ts, anomify/adopted.ts, Pulumi.dev.yaml.");
  expect(failed.stdout + failed.stderr).not.toContain(WEBHOOK);
  expect(files()).toEqual(before);
});
