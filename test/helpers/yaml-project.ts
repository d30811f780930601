import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished } from "vitest";
import { parse, stringify } from "yaml";
import { createCliStack, type StackOfCli } from "./cli-stack.ts";
import { writePluginFolder } from "./plugin-folder.ts";

const example = fileURLToPath(new URL("../../examples/yaml/", import.meta.url));

const PLUGIN = "node_modules/pulumi-anomify/plugin";

export interface Program {
  resources: Record<string, { type: string; properties: Record<string, unknown>; options?: Record<string, unknown> }>;
}

/** The example as a user copies it, with the native plugin and a simulated organization. */
export class YamlProject {
  readonly simulator: Simulator;
  readonly stack: StackOfCli;
  readonly #directory: string;

  constructor(simulator: Simulator, stack: StackOfCli, directory: string) {
    this.simulator = simulator;
    this.stack = stack;
    this.#directory = directory;
  }

  /** @param tenants organizations of the simulator; the settings of the stack are of the first one */
  static async start(tenants: readonly string[] = ["acme"]): Promise<YamlProject> {
    const simulator = await startSimulator({ tenants: [...tenants] });
    const directory = mkdtempSync(join(tmpdir(), "anomify-yaml-"));
    cpSync(example, directory, { recursive: true });
    writePluginFolder(join(directory, PLUGIN));
    const stack = await createCliStack({
      directory,
      config: { "anomify:endpoint": simulator.url },
      secrets: { "anomify:token": simulator.organization("acme").token },
    });
    onTestFinished(async () => {
      await stack.close();
      await simulator.stop();
      rmSync(directory, { recursive: true, force: true });
    });
    return new YamlProject(simulator, stack, directory);
  }

  get acme() {
    return this.simulator.organization("acme");
  }

  /** Changes the program. */
  edit(change: (program: Program) => void): void {
    const file = join(this.#directory, "Pulumi.yaml");
    const program = parse(readFileSync(file, "utf8")) as Program;
    change(program);
    writeFileSync(file, stringify(program));
  }

  /** Ids of the processes that were plugins of this project, or are. */
  plugins(): number[] {
    const file = join(this.#directory, PLUGIN, "processes");
    return readFileSync(file, "utf8").split("\n").filter(Boolean).map(Number);
  }

  resource(name: string) {
    const { resources } = this.stack.exportState().deployment;
    return resources?.find(({ urn }) => urn.endsWith(`::${name}`)) ?? expect.fail(`no ${name} in the state`);
  }
}
