import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { pulumiCli } from "../../scripts/pulumi-cli.mjs";
import { anomify, type Ran } from "../helpers/anomify.ts";
import { ensureBuilt } from "../helpers/build.ts";

beforeAll(ensureBuilt);

const root = resolve(import.meta.dirname, "../..");
const WEBHOOK = "https://example.com/teams-webhook/acme";

interface World {
  readonly simulator: Simulator;
  readonly acme: SimulatedOrganization;
  readonly project: string;
  adopt(...args: string[]): Promise<Ran>;
  /** Runs the CLI, which has to succeed. */
  pulumi(args: readonly string[], input?: string): Promise<string>;
  /** What all files of the project hold. */
  files(): Record<string, string>;
}

/** A project that manages one admin alert of the organization already, in a state of its own. */
async function world(): Promise<World> {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const acme = simulator.organization("acme");
  const folder = mkdtempSync(join(tmpdir(), "anomify-guided-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const project = join(folder, "project");
  for (const name of ["project", "tools", "home", "state"]) mkdirSync(join(folder, name));
  const cli = pulumiCli();
  if (cli.path === null) throw new Error(`No Pulumi CLI: ${cli.reason}`);
  const { path, hasLanguageHost } = cli;
  const host = join(folder, "tools/pulumi-language-nodejs");
  if (!hasLanguageHost) symlinkSync(join(root, "scripts/pulumi-language-nodejs.mjs"), host);
  // The plugin of dynamic resources is a script of the SDK.
  const tools = [
    join(folder, "tools"),
    dirname(process.execPath),
    join(root, "node_modules/@pulumi/pulumi"),
    dirname(path),
  ];
  const env = {
    ...{ PATH: [...tools, process.env.PATH ?? ""].join(delimiter), PULUMI_HOME: join(folder, "home") },
    ...{ PULUMI_BACKEND_URL: `file://${join(folder, "state")}`, PULUMI_CONFIG_PASSPHRASE: "test" },
    ...{ PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" },
    ...{ ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: acme.token },
  };
  for (const name of ["package.json", "tsconfig.json"]) {
    writeFileSync(join(project, name), readFileSync(join(root, "examples/quickstart", name)));
  }
  writeFileSync(join(project, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  writeFileSync(
    join(project, "index.ts"),
    'import * as anomify from "pulumi-anomify";\n\nnew anomify.AdminAlert("ours", { alert: "all-metrics-stopped", waitSeconds: 600 });\n',
  );
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  const pulumi = async (args: readonly string[], input = "") => {
    // Not waited for in one go: the simulator runs in this process.
    const child = spawn(path, [...args, "--non-interactive"], { cwd: project, env: { ...process.env, ...env } });
    child.stdin.end(input);
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    expect(status, `pulumi ${args[0]}\n${stderr}${stdout}`).toBe(0);
    return stdout;
  };
  await pulumi(["stack", "init", "dev"]);
  await pulumi(["config", "set", "anomify:endpoint", simulator.url]);
  await pulumi(["config", "set", "--secret", "anomify:token"], acme.token);
  const files = () => {
    const names = readdirSync(project, { recursive: true, encoding: "utf8", withFileTypes: true });
    const own = names.filter((one) => one.isFile() && !one.parentPath.includes("node_modules"));
    return Object.fromEntries(
      own.map(({ parentPath, name }) => {
        const file = join(parentPath, name);
        return [file.slice(project.length + 1), readFileSync(file, "utf8")];
      }),
    );
  };
  return {
    simulator,
    acme,
    project,
    adopt: (...args) => anomify(["adopt", ...args], { env, cwd: project }),
    pulumi,
    files,
  };
}

test("an existing project adopts what it does not manage, and nothing changes", async () => {
  const { simulator, project, adopt, pulumi, files } = await world();
  await pulumi(["up", "--yes", "--skip-preview"]);
  const [before, writes] = [files(), simulator.journal.writes().length];
  const ran = await adopt("--yes", "--all", "--import", "--verify", "--json");
  expect(ran.code, ran.stderr).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    ...{ written: true, edited: true, imported: true, verified: true, commands: [] },
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
  const { project, adopt, files } = await world();
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
