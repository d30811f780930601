import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import type { Deployment, ImportFile, OperationOptions, Result, Stack, StackOptions } from "pulumi-anomify/testing";
import { parse } from "yaml";
import { pulumiCli } from "../../scripts/pulumi-cli.mjs";
import { withTranscript } from "../secrets/testing.ts";
import { transcript, transcriptFiles } from "../secrets/transcript.ts";
import { EventReader } from "./cli-events.ts";

/**
 * An event log without debug messages. Pulumi's SDK writes the properties of each registered resource into its own ones, secrets
 * in clear, for every provider; docs/troubleshooting.md warns of `--debug`.
 */
const withoutDebug = (events: string): string =>
  events
    .split("\n")
    .filter((line) => !/"diagnosticEvent":.*"severity":"debug"/.test(line))
    .join("\n");

const languageHost = resolve(import.meta.dirname, "../../scripts/pulumi-language-nodejs.mjs");

/**
 * The same stack interface as the embedded engine's, with the real Pulumi CLI behind it.
 *
 * @param settings a stack's settings file to begin with, such as Pulumi.dev.yaml; it is copied
 * @param flags of each preview and up, such as a policy pack
 */
export async function createCliStack(
  options: StackOptions,
  settings?: string,
  flags: readonly string[] = [],
): Promise<Stack> {
  const cli = pulumiCli();
  if (cli.path === null) throw new Error(`No Pulumi CLI: ${cli.reason}`);
  const stack = new CliStack(cli.path, cli.hasLanguageHost, options, flags);
  stack.init(settings);
  return withTranscript(stack, "Pulumi CLI");
}

class CliStack implements Stack {
  readonly #cli: string;
  readonly #options: StackOptions;
  readonly #flags: readonly string[];
  readonly #stack: string;
  /** Home, state and project of this stack: nothing is written next to the program. */
  readonly #folder = mkdtempSync(join(tmpdir(), "pulumi-cli-stack-"));
  readonly #env: NodeJS.ProcessEnv;

  constructor(cli: string, hasLanguageHost: boolean, options: StackOptions, flags: readonly string[]) {
    this.#cli = cli;
    this.#flags = flags;
    this.#options = options;
    this.#stack = options.stack ?? "dev";
    const tools = this.#subfolder("tools");
    if (!hasLanguageHost) symlinkSync(languageHost, join(tools, "pulumi-language-nodejs"));
    const program = resolve(options.directory);
    // The plugin of dynamic resources is a script of the SDK.
    const sdk = dirname(createRequire(join(program, "package.json")).resolve("@pulumi/pulumi/package.json"));
    const path = [tools, dirname(process.execPath), sdk, dirname(cli), process.env.PATH ?? ""].join(delimiter);
    this.#env = {
      ...process.env,
      ...{ PATH: path, PULUMI_HOME: this.#subfolder("home"), PULUMI_BACKEND_URL: `file://${this.#subfolder("state")}` },
      ...{ PULUMI_CONFIG_PASSPHRASE: options.passphrase ?? "test", PULUMI_SKIP_UPDATE_CHECK: "true" },
      // Reveals the option --event-log.
      ...{ PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true", PULUMI_DEBUG_COMMANDS: "true" },
      ...options.env,
    };
    this.#writeProject(program);
  }

  /** Creates the stack and its configuration. Secret values go in by stdin: arguments can be seen by others. */
  init(settings?: string): void {
    if (settings !== undefined) {
      copyFileSync(settings, join(this.#folder, "project", `Pulumi.${this.#stack}.yaml`));
    }
    this.#require(["stack", "init", this.#stack]);
    for (const [key, value] of Object.entries(this.#options.config ?? {})) {
      this.#require(["config", "set", key, "--stack", this.#stack], value);
    }
    for (const [key, value] of Object.entries(this.#options.secrets ?? {})) {
      this.#require(["config", "set", "--secret", key, "--stack", this.#stack], value);
    }
  }

  preview(options?: OperationOptions): Promise<Result> {
    return this.#operation("preview", options, [...this.#flags]);
  }

  up(options?: OperationOptions): Promise<Result> {
    return this.#operation("up", options, ["--yes", "--skip-preview", ...this.#flags, ...keepGoing(options)]);
  }

  refresh(options?: OperationOptions): Promise<Result> {
    return this.#operation("refresh", { ...options, refresh: false }, ["--yes", "--skip-preview"]);
  }

  destroy(options?: OperationOptions): Promise<Result> {
    return this.#operation("destroy", options, ["--yes", "--skip-preview", ...keepGoing(options)]);
  }

  import(file: ImportFile | string): Promise<Result> {
    const path = typeof file === "string" ? resolve(file) : join(this.#folder, "import.json");
    if (typeof file !== "string") writeFileSync(path, JSON.stringify(file));
    const flags = ["--file", path, "--generate-code=false", "--protect=false", "--yes", "--skip-preview"];
    return this.#operation("import", {}, flags);
  }

  exportState({ showSecrets = false } = {}): Deployment {
    const flags = showSecrets ? ["--show-secrets"] : [];
    return JSON.parse(this.#require(["stack", "export", "--stack", this.#stack, ...flags])) as Deployment;
  }

  outputs(): Record<string, unknown> {
    return JSON.parse(this.#require(["stack", "output", "--json", "--show-secrets", "--stack", this.#stack]));
  }

  async close(): Promise<void> {
    for (const part of ["state", "project"]) transcriptFiles(`the stack of the CLI: ${part}`, join(this.#folder, part));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #subfolder(name: string): string {
    const path = join(this.#folder, name);
    mkdirSync(path);
    return path;
  }

  /** A project that leads to the program, so that the stack's settings file is ours too. */
  #writeProject(program: string): void {
    const file = join(program, "Pulumi.yaml");
    const manifest = existsSync(file) ? (parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
    const main = resolve(program, this.#options.entry ?? String(manifest.main ?? "."));
    const project = { ...manifest, name: this.#options.project ?? manifest.name, runtime: "nodejs", main };
    writeFileSync(join(this.#subfolder("project"), "Pulumi.yaml"), JSON.stringify(project));
  }

  /** Runs a command that has to succeed. */
  #require(args: string[], input = ""): string {
    const { status, stdout, stderr } = spawnSync(this.#cli, [...args, "--non-interactive"], {
      ...{ cwd: join(this.#folder, "project"), env: this.#env, input, encoding: "utf8", maxBuffer: 2 ** 28 },
    });
    // Not seen by the channel of processes, since it is synchronous.
    transcript("arguments of pulumi", args.join("\n"));
    transcript(`output of pulumi ${args.join(" ")}`, stdout + stderr);
    if (status !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed:\n${stderr}${stdout}`);
    return stdout;
  }

  async #operation(kind: Result["kind"], options: OperationOptions = {}, flags: string[]): Promise<Result> {
    if (options.program !== undefined && options.program !== "child") {
      throw new Error("the Pulumi CLI runs programs as child processes only");
    }
    const log = join(this.#folder, `events-${Date.now()}.json`);
    const args = [kind, "--non-interactive", "--color", "never", "--event-log", log, "--stack", this.#stack, ...flags];
    if (options.refresh) args.push("--refresh");
    if (options.expectNoChanges) args.push("--expect-no-changes");
    if (kind !== "import") args.push("--show-sames");
    args.push("--parallel", String(this.#options.parallel ?? 16));
    const started = Date.now();
    const { code, stdout, stderr } = await this.#run(args);
    const events = existsSync(log) ? readFileSync(log, "utf8") : "";
    transcript(`event log of pulumi ${kind}`, withoutDebug(events));
    const reader = new EventReader(kind, events);
    const result = reader.result({ ok: code === 0, stdout, stderr, duration: Date.now() - started });
    for (const step of result.steps) options.onEvent?.({ kind: "step", step });
    for (const diagnostic of result.diagnostics) options.onEvent?.({ kind: "diagnostic", diagnostic });
    return result;
  }

  #run(args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(this.#cli, args, {
      cwd: join(this.#folder, "project"),
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    return new Promise((resolveRun, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolveRun({ code, stdout, stderr }));
    });
  }
}

const keepGoing = (options: OperationOptions | undefined) =>
  (options?.continueOnError ?? true) ? ["--continue-on-error"] : [];
