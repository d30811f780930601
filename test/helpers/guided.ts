import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { type SimulatedOrganization, type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished } from "vitest";
import { type Ran, startAnomify } from "./anomify.ts";
import { cliEnvironment } from "./cli-environment.ts";
import { atTerminal, type Terminal } from "./terminal.ts";

const root = resolve(import.meta.dirname, "../..");
/** The webhook of the organization. */
export const WEBHOOK = "https://example.com/teams-webhook/acme";

/** A project of somebody's, whose stack manages one admin alert of the organization acme. */
export interface Guided {
  readonly simulator: Simulator;
  readonly acme: SimulatedOrganization;
  readonly project: string;
  adopt(...args: string[]): Promise<Ran>;
  /** As `adopt`, with the process; Pulumi takes one object after the other, in the order of the import file. */
  started(...args: string[]): ReturnType<typeof startAnomify>;
  terminal(...args: string[]): Terminal;
  /** Runs the CLI, which has to succeed. */
  pulumi(args: readonly string[], input?: string): Promise<string>;
  /** What all files of the project hold. */
  files(): Record<string, string>;
}

/** A project that manages one admin alert of the organization already, in a state of its own. */
export async function guided(): Promise<Guided> {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const acme = simulator.organization("acme");
  const folder = mkdtempSync(join(tmpdir(), "anomify-guided-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const project = join(folder, "project");
  const { cli, env: own } = cliEnvironment(folder);
  const env = { ...own, ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: acme.token };
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
    const child = spawn(cli, [...args, "--non-interactive"], { cwd: project, env: { ...process.env, ...env } });
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
    adopt: (...args) => startAnomify(["adopt", ...args], { env, cwd: project }).ended,
    started: (...args) => startAnomify(["adopt", ...args], { env: { ...env, PULUMI_PARALLEL: "1" }, cwd: project }),
    terminal: (...args) => atTerminal(["adopt", "--cwd", project, ...args], env),
    pulumi,
    files,
  };
}
