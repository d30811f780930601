import { readFileSync } from "node:fs";
import { deleteResources } from "./deletes.ts";
import { refusalWithoutProgram } from "./hooks.ts";
import { importResources } from "./import.ts";
import { Operation, type OperationSetup } from "./operation.ts";
import { loadProject } from "./project.ts";
import { loadSdk } from "./pulumi-sdk.ts";
import { refreshAll } from "./refresh.ts";
import { SecretBox } from "./secret-box.ts";
import type { ResourceState } from "./state.ts";
import { exportDeployment, openSecrets, StateFile } from "./state-file.ts";
import type { Deployment, ImportFile, OperationOptions, PropertyMap, Result, Stack, StackOptions } from "./types.ts";
import { ROOT_STACK_TYPE } from "./urn.ts";
import { containsUnknowns, makeSecret, maskedMap, revealed } from "./values.ts";

const DEFAULT_PARALLEL = 16;

/**
 * Opens a stack of a Pulumi project. Nothing runs until one of its operations is called.
 *
 * @example
 * const stack = await createStack({ directory: "examples/quickstart", secrets: { "anomify:token": token } });
 * const result = await stack.up();
 * console.log(renderResult(result));
 */
export async function createStack(options: StackOptions): Promise<Stack> {
  return new EmbeddedStack(options);
}

class EmbeddedStack implements Stack {
  readonly #setup: OperationSetup;
  readonly #file: StateFile | undefined;
  readonly #box: SecretBox;
  #resources: ResourceState[] = [];
  /** Operations change the same state, so they run one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: StackOptions) {
    const project = loadProject(options);
    const namespaced = (map: Record<string, string> = {}) =>
      Object.fromEntries(
        Object.entries(map).map(([key, value]) => [key.includes(":") ? key : `${project.name}:${key}`, value]),
      );
    const secrets = namespaced(options.secrets);
    this.#file =
      options.stateFile === undefined ? undefined : new StateFile(options.stateFile, options.passphrase !== undefined);
    const loaded = this.#file?.load(options.passphrase);
    this.#box = loaded?.box ?? new SecretBox(options.passphrase);
    this.#resources = loaded?.resources ?? [];
    this.#setup = {
      project,
      sdk: loadSdk(project.programDirectory),
      stack: options.stack ?? "dev",
      env: options.env ?? {},
      parallel: options.parallel ?? DEFAULT_PARALLEL,
      config: { ...namespaced(options.config), ...secrets },
      secretKeys: Object.keys(secrets),
      resources: [],
      save: (resources) => this.#save(resources),
      guard: ({ inputs, outputs, additionalSecretOutputs }) =>
        this.#file?.requirePassphrase(inputs, outputs, additionalSecretOutputs.map(makeSecret)),
    };
  }

  preview(options?: OperationOptions): Promise<Result> {
    return this.#program("preview", options);
  }

  up(options?: OperationOptions): Promise<Result> {
    return this.#program("up", options);
  }

  refresh(options?: OperationOptions): Promise<Result> {
    return this.#queued(async () => {
      const operation = new Operation(this.#current(), "refresh", options);
      const result = await operation.run(async (deployment) => void (await refreshAll(deployment)));
      return { ...result, outputs: maskedMap(this.#rootOutputs()) };
    });
  }

  destroy(options?: OperationOptions): Promise<Result> {
    return this.#queued(() =>
      new Operation(this.#current(), "destroy", options).run(async (deployment) => {
        if (options?.refresh && !(await refreshAll(deployment))) return;
        for (const state of deployment.snapshot.base) {
          const refusal = refusalWithoutProgram(state);
          if (refusal !== undefined) deployment.abort(refusal, state.urn);
        }
        if (!deployment.aborted) await deleteResources(deployment, () => false);
      }),
    );
  }

  import(file: ImportFile | string): Promise<Result> {
    const content = typeof file === "string" ? (JSON.parse(readFileSync(file, "utf8")) as ImportFile) : file;
    return this.#queued(() =>
      new Operation(this.#current(), "import").run((deployment) =>
        importResources(deployment, openSecrets(content, this.#box) as ImportFile),
      ),
    );
  }

  exportState({ showSecrets = false } = {}): Deployment {
    return exportDeployment(this.#resources, this.#box, { showSecrets, sdkVersion: this.#setup.sdk.version });
  }

  outputs(): Record<string, unknown> {
    return revealed(this.#rootOutputs()) as Record<string, unknown>;
  }

  async close(): Promise<void> {
    await this.#queue;
  }

  #rootOutputs(): PropertyMap {
    return this.#resources.find(({ type }) => type === ROOT_STACK_TYPE)?.outputs ?? {};
  }

  #program(kind: "preview" | "up", options?: OperationOptions): Promise<Result> {
    return this.#queued(async () => {
      const operation = new Operation(this.#current(), kind, options);
      const result = await operation.run((deployment) => operation.program(deployment));
      const known = Object.entries(result.outputs).filter(([, value]) => !containsUnknowns(value));
      return { ...result, outputs: maskedMap(Object.fromEntries(known)) };
    });
  }

  #queued(run: () => Promise<Result>): Promise<Result> {
    const turn = this.#queue.then(run);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #current(): OperationSetup {
    if (this.#setup.secretKeys.length > 0) this.#file?.requirePassphrase(makeSecret(""));
    return { ...this.#setup, resources: this.#resources };
  }

  #save(resources: ResourceState[]): void {
    this.#resources = resources;
    this.#file?.write(this.exportState());
  }
}
