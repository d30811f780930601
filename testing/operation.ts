import { promisify } from "node:util";
import { Callbacks } from "./callbacks.ts";
import { deleteResources } from "./deletes.ts";
import { Deployment } from "./deployment.ts";
import { engineService } from "./engine-service.ts";
import { Recorder } from "./executor.ts";
import { monitorService, Shutdown } from "./monitor.ts";
import { runChild, runInProcess } from "./program.ts";
import type { Project } from "./project.ts";
import { ProviderRegistry } from "./provider-registry.ts";
import { CHANNEL_OPTIONS, type PulumiSdk, type RpcServer } from "./pulumi-sdk.ts";
import { refreshAll } from "./refresh.ts";
import { Registrations } from "./registrations.ts";
import { type ResourceState, Snapshot } from "./state.ts";
import { StepGenerator } from "./step-generator.ts";
import type { OperationOptions, PropertyMap, Result } from "./types.ts";
import { makeSecret } from "./values.ts";

export interface OperationSetup {
  sdk: PulumiSdk;
  project: Project;
  stack: string;
  parallel: number;
  /** Plain values, secrets among them. */
  config: Record<string, string>;
  secretKeys: string[];
  env: Record<string, string>;
  resources: ResourceState[];
  /** Stores the state after each change; a preview keeps its changes to itself. */
  save: (resources: ResourceState[]) => void;
  guard: (state: ResourceState) => void;
}

/** One preview, up, refresh, destroy or import, from its start to its result. */
export class Operation {
  readonly #setup: OperationSetup;
  readonly #kind: Result["kind"];
  readonly #options: OperationOptions;
  readonly #recorder: Recorder;
  readonly #output = { stdout: "", stderr: "", providerOutput: "" };
  readonly #started = Date.now();
  #server: RpcServer | undefined;
  #registrations: Registrations | undefined;
  readonly #callbacks: Callbacks;
  #address = "";

  constructor(setup: OperationSetup, kind: Result["kind"], options: OperationOptions = {}) {
    this.#setup = setup;
    this.#callbacks = new Callbacks(setup.sdk);
    this.#kind = kind;
    this.#options = options;
    this.#recorder = new Recorder(options);
  }

  async run(work: (deployment: Deployment) => Promise<void>): Promise<Result> {
    await this.#listen();
    const registry = this.#registry();
    const deployment = this.#deployment(registry);
    try {
      await work(deployment);
    } finally {
      await registry.close();
      this.#callbacks.close();
      this.#server?.forceShutdown();
    }
    return this.#result(deployment);
  }

  /** Runs the program and lets the state follow it. */
  async program(deployment: Deployment): Promise<void> {
    if (this.#options.refresh && !(await refreshAll(deployment))) return;
    const generator = new StepGenerator(deployment);
    const registrations = new Registrations(deployment, generator);
    this.#registrations = registrations;
    const shutdown = new Shutdown();
    const monitor = monitorService({
      sdk: this.#setup.sdk,
      registrations,
      callbacks: this.#callbacks,
      deployment,
      shutdown,
    });
    this.#server?.addService(this.#setup.sdk.monitorService, monitor);
    const program = this.#runProgram(deployment);
    // A program that has declared everything waits for the deletes, so that its hooks can be called. Older SDKs end before.
    const early = await Promise.race([program, shutdown.asked]);
    await registrations.settled();
    if (early) this.#recorder.error(early);
    // A program that ended early has not said what it wants to keep.
    const ended = early === undefined && !deployment.aborted;
    if (ended)
      await deleteResources(deployment, ({ urn }) => generator.operatedOn.has(generator.aliases.currentUrn(urn)));
    registrations.finishStack(!ended || deployment.executor.failed.length > 0);
    shutdown.permit();
    const message = await program;
    if (message && early === undefined) this.#recorder.error(message);
    if (message !== undefined) deployment.abort();
  }

  async #runProgram(deployment: Deployment): Promise<string | undefined> {
    const { sdk, project, stack, parallel, config, secretKeys, env } = this.#setup;
    const options = {
      sdk,
      project,
      stack,
      parallel,
      config,
      secretKeys,
      env,
      address: this.#address,
      preview: deployment.preview,
      onStdout: (text: string) => this.#collect("stdout", text),
      onStderr: (text: string) => this.#collect("stderr", text),
      onAbort: (listener: () => void) => deployment.onAbort(listener),
    };
    const { program = "child" } = this.#options;
    return program === "child" ? runChild(options) : runInProcess(program, options);
  }

  #collect(stream: "stdout" | "stderr" | "providerOutput", text: string): void {
    this.#output[stream] += text;
  }

  async #listen(): Promise<void> {
    const { sdk } = this.#setup;
    const server = new sdk.grpc.Server(CHANNEL_OPTIONS);
    server.addService(sdk.engineService, engineService(sdk, this.#recorder));
    const bind = promisify(server.bindAsync.bind(server)) as (address: string, credentials: unknown) => Promise<number>;
    this.#address = `127.0.0.1:${await bind("127.0.0.1:0", sdk.grpc.ServerCredentials.createInsecure())}`;
    this.#server = server;
  }

  #registry(): ProviderRegistry {
    const { sdk, project, env } = this.#setup;
    return new ProviderRegistry({
      sdk,
      env,
      directory: project.programDirectory,
      project: project.name,
      engineAddress: this.#address,
      onOutput: (text) => this.#collect("providerOutput", text),
    });
  }

  #deployment(registry: ProviderRegistry): Deployment {
    const { project, stack, parallel, config, secretKeys, resources, save, guard } = this.#setup;
    const preview = this.#kind === "preview";
    const value = (key: string) => (secretKeys.includes(key) ? makeSecret(config[key]) : config[key]);
    const providerConfig: PropertyMap = Object.fromEntries(Object.keys(config).map((key) => [key, value(key)]));
    return new Deployment(
      {
        project: project.name,
        stack,
        preview,
        parallel,
        continueOnError: this.#options.continueOnError ?? true,
        config: providerConfig,
      },
      {
        sdk: this.#setup.sdk,
        snapshot: preview ? new Snapshot(structuredClone(resources), () => {}) : new Snapshot(resources, save),
        registry,
        recorder: this.#recorder,
        guard,
        countRefresh: this.#kind === "refresh",
      },
    );
  }

  #result(deployment: Deployment): Result {
    const { steps, changes, diagnostics } = this.#recorder;
    const changed = Object.keys(changes).some((op) => op !== "same" && op !== "read");
    if (this.#options.expectNoChanges && changed)
      this.#recorder.error("no changes were expected but changes were proposed");
    const failed =
      deployment.aborted ||
      deployment.executor.failed.length > 0 ||
      diagnostics.some(({ severity }) => severity === "error");
    const outputs = this.#registrations?.stackOutputs?.outputs ?? {};
    return {
      ok: !failed,
      steps,
      changes,
      diagnostics,
      ...this.#output,
      outputs,
      duration: Date.now() - this.#started,
      kind: this.#kind,
    };
  }
}
