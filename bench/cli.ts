import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pulumiCli } from "../scripts/pulumi-cli.mjs";
import type { Deployment } from "../testing/index.ts";
import type { BenchStack, BenchStackOptions } from "./stack.ts";
import type { Operation } from "./types.ts";

const languageHost = fileURLToPath(new URL("../scripts/pulumi-language-nodejs.mjs", import.meta.url));
const up = ["up", "--yes", "--skip-preview"];
const commands: Readonly<Record<Operation, readonly string[]>> = {
  up,
  preview: ["preview", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
  change: up,
  destroy: ["destroy", "--yes", "--skip-preview"],
};
/** Of what Pulumi printed, in a message about its failure. */
const SHOWN_CHARACTERS = 2_000;

/** The CLI to use. @throws Error when there is none */
function findCli(): { path: string; hasLanguageHost: boolean } {
  const cli = pulumiCli();
  if (cli.path === null) throw new Error(`No Pulumi CLI: ${cli.reason}`);
  return cli;
}

/** `v3.259.0` */
export function cliVersion(): string {
  return spawnSync(findCli().path, ["version"], { encoding: "utf8" }).stdout.trim();
}

/** A stack of the real CLI, with its state in files of a temporary folder. */
export class CliStack implements BenchStack {
  readonly #options: BenchStackOptions;
  readonly #cli: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "anomify-bench-stack-"));
  readonly #env: NodeJS.ProcessEnv;

  constructor(options: BenchStackOptions) {
    this.#options = options;
    const { path, hasLanguageHost } = findCli();
    this.#cli = path;
    const [tools, home, state] = ["tools", "home", "state"].map((name) => join(this.#folder, name)) as [
      string,
      string,
      string,
    ];
    for (const folder of [tools, home, state]) mkdirSync(folder);
    if (!hasLanguageHost) symlinkSync(languageHost, join(tools, "pulumi-language-nodejs"));
    // The plugin of dynamic resources is a script of the SDK.
    const sdk = dirname(createRequire(join(options.directory, "index.js")).resolve("@pulumi/pulumi/package.json"));
    const programs = [tools, dirname(process.execPath), sdk, dirname(path), process.env.PATH ?? ""];
    this.#env = {
      ...process.env,
      PATH: programs.join(delimiter),
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...options.env,
    };
    rmSync(join(options.directory, "Pulumi.dev.yaml"), { force: true });
    this.#now(["stack", "init", "dev"]);
    this.#now(["config", "set", "anomify:endpoint", options.endpoint]);
    this.#now(["config", "set", "--secret", "anomify:token"], options.token);
  }

  async run(operation: Operation): Promise<void> {
    const log = join(this.#folder, "output");
    const args = [...commands[operation], "--non-interactive", "--color", "never", "--stack", "dev"];
    // Not a pipe: reading thousands of lines would be work of ours.
    const script = `exec "$0" "$@" >"${log}" 2>&1`;
    const child = spawn("sh", ["-c", script, this.#cli, ...args], {
      cwd: this.#options.directory,
      env: this.#env,
      stdio: "ignore" as const,
      timeout: this.#options.limitSeconds * 1000,
      killSignal: "SIGINT" as const,
    });
    const code = await new Promise<number | string | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status, signal) => resolve(status ?? signal));
    });
    if (code === 0) return;
    const printed = readFileSync(log, "utf8");
    throw new Error(`pulumi ${operation} ended with ${code}:\n${printed.slice(-SHOWN_CHARACTERS)}`);
  }

  state(): Deployment {
    const file = join(this.#folder, "exported.json");
    this.#now(["stack", "export", "--stack", "dev", "--file", file]);
    return JSON.parse(readFileSync(file, "utf8")) as Deployment;
  }

  async close(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #now(args: readonly string[], input = ""): void {
    const { status, stdout, stderr } = spawnSync(this.#cli, [...args, "--non-interactive"], {
      cwd: this.#options.directory,
      env: this.#env,
      input,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed:\n${stderr}${stdout}`);
  }
}
