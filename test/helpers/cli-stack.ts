import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import type { Deployment, ImportFile, OperationOptions, Result, Stack, StackOptions } from "pulumi-anomify/testing";
import { pulumiCli, yamlLanguageHost } from "../../scripts/pulumi-cli.mjs";
import { withTranscript } from "../secrets/testing.ts";
import { transcript, transcriptFiles } from "../secrets/transcript.ts";
import { EventReader } from "./cli-events.ts";
import { CliFiles } from "./cli-files.ts";
import { serveProgram } from "./inline-program.ts";

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

export interface StackOfCli extends Stack {
  /** What `pulumi stack export --show-secrets` prints. `exportState` reads the file instead, which takes no process. */
  exportByCli(): Deployment;
  /** Runs another command of the CLI on the stack. @returns what it printed; throws when it fails */
  command(args: readonly string[]): Promise<string>;
  /** Starts a command of the CLI on the stack, for tests that end it. */
  start(args: readonly string[]): ChildProcessByStdio<null, Readable, Readable>;
}

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
): Promise<StackOfCli> {
  const cli = pulumiCli();
  if (cli.path === null) throw new Error(`No Pulumi CLI: ${cli.reason}`);
  const files = new CliFiles(mkdtempSync(join(tmpdir(), "pulumi-cli-stack-")), options, settings);
  const stack = new CliStack(cli.path, cli.hasLanguageHost, files, options, flags);
  return {
    ...withTranscript(stack, "Pulumi CLI"),
    exportByCli: () => stack.exportByCli(),
    command: (args) => stack.command(args),
    start: (args) => stack.start(args),
  };
}

class CliStack implements StackOfCli {
  readonly #cli: string;
  readonly #options: StackOptions;
  readonly #flags: readonly string[];
  readonly #stack: string;
  readonly #files: CliFiles;
  readonly #env: NodeJS.ProcessEnv;

  constructor(cli: string, hasLanguageHost: boolean, files: CliFiles, options: StackOptions, flags: readonly string[]) {
    this.#cli = cli;
    this.#flags = flags;
    this.#options = options;
    this.#files = files;
    this.#stack = options.stack ?? "dev";
    const tools = files.subfolder("tools");
    if (!hasLanguageHost) symlinkSync(languageHost, join(tools, "pulumi-language-nodejs"));
    const sdk = sdkOf(resolve(options.directory));
    const yaml = yamlLanguageHost().path;
    const hosts = [...(sdk === undefined ? [] : [sdk]), ...(yaml === null ? [] : [dirname(yaml)])];
    const path = [tools, dirname(process.execPath), ...hosts, dirname(cli), process.env.PATH ?? ""].join(delimiter);
    this.#env = {
      ...process.env,
      PATH: path,
      PULUMI_HOME: files.subfolder("home"),
      PULUMI_BACKEND_URL: `file://${files.subfolder("state")}`,
      PULUMI_CONFIG_PASSPHRASE: options.passphrase ?? "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // Reveals the option --event-log.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_COMMANDS: "true",
      ...options.env,
    };
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
    const path = typeof file === "string" ? resolve(file) : join(this.#files.folder, "import.json");
    if (typeof file !== "string") writeFileSync(path, JSON.stringify(file));
    const flags = ["--file", path, "--generate-code=false", "--protect=false", "--yes", "--skip-preview"];
    return this.#operation("import", {}, flags);
  }

  exportState(options?: { showSecrets?: boolean }): Deployment {
    return this.#files.state(options);
  }

  exportByCli(): Deployment {
    return JSON.parse(this.#require(["stack", "export", "--show-secrets", "--stack", this.#stack])) as Deployment;
  }

  outputs(): Record<string, unknown> {
    return JSON.parse(this.#require(["stack", "output", "--json", "--show-secrets", "--stack", this.#stack]));
  }

  async close(): Promise<void> {
    for (const part of ["state", "project"])
      transcriptFiles(`the stack of the CLI: ${part}`, join(this.#files.folder, part));
    rmSync(this.#files.folder, { recursive: true, force: true });
  }

  start(args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
    return this.#spawn(this.#ofStack(args));
  }

  async command(args: readonly string[]): Promise<string> {
    const full = this.#ofStack(args);
    const { code, stdout, stderr } = await this.#run(full);
    transcript("arguments of pulumi", full.join("\n"));
    transcript(`output of pulumi ${args.join(" ")}`, stdout + stderr);
    if (code !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed:\n${stderr}${stdout}`);
    return stdout;
  }

  /** Runs a command that has to succeed. */
  #require(args: string[], input = ""): string {
    const { status, stdout, stderr } = spawnSync(this.#cli, [...args, "--non-interactive"], {
      cwd: this.#files.project,
      env: this.#env,
      input,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    // Not seen by the channel of processes, since it is synchronous.
    transcript("arguments of pulumi", args.join("\n"));
    transcript(`output of pulumi ${args.join(" ")}`, stdout + stderr);
    if (status !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed:\n${stderr}${stdout}`);
    return stdout;
  }

  async #operation(kind: Result["kind"], options: OperationOptions = {}, flags: string[]): Promise<Result> {
    const log = join(this.#files.folder, `events-${Date.now()}.json`);
    const args = [kind, "--non-interactive", "--color", "never", "--event-log", log, "--stack", this.#stack, ...flags];
    if (options.refresh) args.push("--refresh");
    if (options.expectNoChanges) args.push("--expect-no-changes");
    if (kind !== "import") args.push("--show-sames");
    args.push("--parallel", String(this.#options.parallel ?? 16));
    const started = Date.now();
    const { code, stdout, stderr } = await this.#withProgram(options.program, args);
    const events = existsSync(log) ? readFileSync(log, "utf8") : "";
    transcript(`event log of pulumi ${kind}`, withoutDebug(events));
    const reader = new EventReader(kind, events);
    const result = reader.result({ ok: code === 0, stdout, stderr, duration: Date.now() - started });
    for (const step of result.steps) options.onEvent?.({ kind: "step", step });
    for (const diagnostic of result.diagnostics) options.onEvent?.({ kind: "diagnostic", diagnostic });
    return result;
  }

  /** @param program a function runs here and prints here, as with the embedded engine */
  async #withProgram(program: OperationOptions["program"], args: string[]) {
    if (typeof program !== "function") return this.#run(args);
    const served = await serveProgram(program, this.#options.directory);
    try {
      return await this.#run([...args, `--client=${served.address}`]);
    } finally {
      served.close();
    }
  }

  #ofStack(args: readonly string[]): string[] {
    // Plugins are of no stack.
    const stack = args[0] === "plugin" ? [] : ["--stack", this.#stack];
    return [...args, ...stack, "--non-interactive", "--color", "never"];
  }

  #spawn(args: string[]): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(this.#cli, args, { cwd: this.#files.project, env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
  }

  #run(args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = this.#spawn(args);
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

/** Pulumi's SDK of a TypeScript program: the plugin of dynamic resources is a script in it. */
function sdkOf(program: string): string | undefined {
  try {
    return dirname(createRequire(join(program, "package.json")).resolve("@pulumi/pulumi/package.json"));
  } catch {
    return undefined;
  }
}

const keepGoing = (options: OperationOptions | undefined) =>
  (options?.continueOnError ?? true) ? ["--continue-on-error"] : [];
