import { DependencyGraph } from "./dependency-graph.ts";
import { Executor, type Recorder } from "./executor.ts";
import type { Goal } from "./goal.ts";
import { Hooks } from "./hooks.ts";
import type { ProviderClient } from "./provider-client.ts";
import type { ProviderRegistry } from "./provider-registry.ts";
import type { PulumiSdk } from "./pulumi-sdk.ts";
import type { ResourceState, Snapshot } from "./state.ts";
import type { StepContext } from "./steps.ts";
import { idOfReference, urnOfReference } from "./urn.ts";

export interface DeploymentOptions {
  project: string;
  stack: string;
  preview: boolean;
  parallel: number;
  continueOnError: boolean;
  /** The configuration of default providers, secrets marked. */
  config: Record<string, unknown>;
}

export interface DeploymentParts {
  sdk: PulumiSdk;
  snapshot: Snapshot;
  registry: ProviderRegistry;
  recorder: Recorder;
  countRefresh: boolean;
  guard: (state: ResourceState) => void;
}

/** The engine stopped: nothing new is started, the program's calls are refused. */
export class AbortedError extends Error {
  override readonly name = "AbortedError";
}

/** What all parts of one operation share. */
export class Deployment implements StepContext {
  readonly options: DeploymentOptions;
  readonly snapshot: Snapshot;
  readonly registry: ProviderRegistry;
  readonly recorder: Recorder;
  readonly hooks: Hooks;
  readonly executor: Executor;
  readonly guard: (state: ResourceState) => void;
  readonly deletes = new Set<string>();
  /** The resources from before by URN; of several with one URN the current one. */
  olds = new Map<string, ResourceState>();
  graph = new DependencyGraph([]);
  /** Everything the program has declared in this operation. */
  readonly goals = new Map<string, Goal>();
  #aborted = false;
  readonly #onAbort: (() => void)[] = [];

  constructor(options: DeploymentOptions, parts: DeploymentParts) {
    this.options = options;
    this.snapshot = parts.snapshot;
    this.registry = parts.registry;
    this.recorder = parts.recorder;
    this.guard = parts.guard;
    this.hooks = new Hooks(parts.sdk, options.preview, (urn, message) => this.warn(urn, message));
    this.executor = new Executor(this, parts.recorder, {
      parallel: options.parallel,
      countRefresh: parts.countRefresh,
    });
    this.index();
  }

  get preview(): boolean {
    return this.options.preview;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  /** Looks at the resources from before anew, after a refresh has changed them. */
  index(): void {
    this.olds = new Map(this.snapshot.base.filter((state) => !state.delete).map((state) => [state.urn, state]));
    this.graph = new DependencyGraph(this.snapshot.base);
  }

  /** Starts nothing new from here on. What runs already comes to its end. */
  abort(message?: string, urn?: string): void {
    if (message !== undefined) this.recorder.error(message, urn);
    if (this.#aborted) return;
    this.#aborted = true;
    for (const listener of this.#onAbort) listener();
  }

  onAbort(listener: () => void): void {
    if (this.#aborted) listener();
    else this.#onAbort.push(listener);
  }

  provider(state: ResourceState): ProviderClient {
    const found = this.registry.get(state.provider);
    if (found) return found;
    const recorded = this.snapshot.base.find(
      ({ urn, id }) => urn === urnOfReference(state.provider) && id === idOfReference(state.provider),
    );
    if (!recorded)
      throw new Error(`could not load provider for resource ${state.urn}: unknown provider '${state.provider}'`);
    this.registry.set(state.provider, recorded.inputs);
    return this.provider(state);
  }

  warn(urn: string, message: string): void {
    this.recorder.diagnostic({ severity: "warning", urn, message });
  }

  error(urn: string, message: string): void {
    this.recorder.error(message, urn);
  }
}
