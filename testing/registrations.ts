import { AbortedError, type Deployment } from "./deployment.ts";
import { emptyGoal, type Goal, inherit, type ReadGoal } from "./goal.ts";
import type { ResourceState } from "./state.ts";
import type { StepGenerator } from "./step-generator.ts";
import type { Step } from "./steps.ts";
import type { PropertyMap } from "./types.ts";
import { isProviderType, packageOf, providerTypeOf, ROOT_STACK_TYPE } from "./urn.ts";

/** How the engine lets the SDK know what became of a resource. */
const RESULT = { success: 0, failed: 1, skipped: 2 } as const;

export interface Registration {
  state: ResourceState;
  result: number;
}

/** Takes what the program declares, has the steps generated and run, and answers with the new state. */
export class Registrations {
  readonly #deployment: Deployment;
  readonly #generator: StepGenerator;
  readonly #defaultProviders = new Map<string, Promise<string>>();
  readonly #states = new Map<string, ResourceState>();
  /** URNs of what failed or was skipped, so that nothing is built on it. */
  readonly #broken = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();
  stackOutputs: { urn: string; outputs: PropertyMap } | undefined;

  constructor(deployment: Deployment, generator: StepGenerator) {
    this.#deployment = deployment;
    this.#generator = generator;
  }

  register(goal: Goal): Promise<Registration> {
    return this.#tracked(async () => {
      const parent = this.#deployment.goals.get(goal.parent);
      if (parent) inherit(goal, parent, packageOf);
      if (!goal.custom) goal.provider = "";
      else if (!isProviderType(goal.type)) goal.provider ||= await this.defaultProvider(goal);
      return this.#run(await this.#generator.register(goal));
    });
  }

  read(goal: ReadGoal): Promise<Registration> {
    return this.#tracked(async () => {
      goal.provider ||= await this.defaultProvider(goal);
      return this.#run(await this.#generator.read(goal));
    });
  }

  /** Outputs of a component, or those of the stack, which count only when the operation is over. */
  outputs(urn: string, outputs: PropertyMap): void {
    const state = this.#states.get(urn);
    if (!state) throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
    if (state.type === ROOT_STACK_TYPE) this.stackOutputs = { urn, outputs };
    else this.#complete(state, outputs);
  }

  /** After an error a missing output does not mean that it was removed from the program. */
  finishStack(failed: boolean): void {
    if (!this.stackOutputs) return;
    const state = this.#states.get(this.stackOutputs.urn);
    const old = this.#deployment.olds.get(this.stackOutputs.urn)?.outputs ?? {};
    const outputs = failed ? { ...old, ...this.stackOutputs.outputs } : this.stackOutputs.outputs;
    this.stackOutputs.outputs = outputs;
    if (state) this.#complete(state, outputs);
  }

  #complete(state: ResourceState, outputs: PropertyMap): void {
    state.outputs = outputs;
    this.#deployment.snapshot.record({});
  }

  /** Waits until nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled([...this.#running]);
  }

  /** Runs something on behalf of the program; when the engine stops meanwhile, the program learns at once. */
  #tracked(start: () => Promise<Registration>): Promise<Registration> {
    const running = start();
    this.#running.add(running);
    const forget = () => this.#running.delete(running);
    running.then(forget, forget);
    const aborted = new Promise<never>((_, reject) => {
      this.#deployment.onAbort(() => reject(new AbortedError()));
    });
    return Promise.race([running, aborted]);
  }

  async #run({ state, steps }: { state: ResourceState; steps: Step[] }): Promise<Registration> {
    if (this.#needsBroken(state)) {
      this.#broken.add(state.urn);
      return { state, result: RESULT.skipped };
    }
    const done = await new Promise<boolean>((resolve) => {
      const chain = this.#deployment.executor.chain(steps, (step) => {
        if (step.new !== state || step.op === "replace") return;
        this.#states.set(state.urn, state);
        resolve(true);
      });
      this.#running.add(chain);
      const finished = (ok: boolean) => {
        this.#running.delete(chain);
        resolve(ok);
      };
      chain.then(finished, () => finished(false));
    });
    if (done) return { state, result: RESULT.success };
    this.#broken.add(state.urn);
    if (!this.#deployment.options.continueOnError) {
      this.#deployment.abort();
      throw new AbortedError();
    }
    return { state, result: RESULT.failed };
  }

  #needsBroken({ parent, dependencies, propertyDependencies, deletedWith, replaceWith }: ResourceState): boolean {
    const needed = [
      parent,
      deletedWith,
      ...dependencies,
      ...replaceWith,
      ...Object.values(propertyDependencies).flat(),
    ];
    return needed.some((urn) => this.#broken.has(urn));
  }

  /** One for each package and version, registered when the first resource needs it. Its configuration is the whole stack's. */
  defaultProvider({ type, version }: Pick<Goal, "type" | "version">): Promise<string> {
    const pkg = packageOf(type);
    const name = version ? `default_${version.replace(/[^A-Za-z0-9]/g, "_")}` : "default";
    const key = `${pkg}::${name}`;
    const known = this.#defaultProviders.get(key) ?? this.#registerProvider(pkg, name, version);
    this.#defaultProviders.set(key, known);
    return known;
  }

  async #registerProvider(pkg: string, name: string, version: string): Promise<string> {
    if (pkg !== "pulumi-nodejs")
      throw new Error(`the embedded engine runs dynamic resources only, not those of package '${pkg}'`);
    const goal = emptyGoal(providerTypeOf(pkg), name);
    goal.properties = { ...this.#deployment.options.config, ...(version ? { version } : {}) };
    const { state, result } = await this.#run(await this.#generator.register(goal));
    if (result !== RESULT.success) throw new AbortedError();
    return `${state.urn}::${state.id}`;
  }
}
