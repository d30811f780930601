import { AliasResolver } from "./aliases.ts";
import { checkInputs, diffResource, type ResourceDiff } from "./comparison.ts";
import { AbortedError, type Deployment } from "./deployment.ts";
import type { Goal, ReadGoal } from "./goal.ts";
import { ignoreChanges } from "./property-path.ts";
import { dependentReplacements } from "./replacements.ts";
import { emptyState, type ResourceState } from "./state.ts";
import { createStep, deleteStep, readStep, replaceStep, type Step, sameStep, updateStep } from "./steps.ts";
import { createUrn } from "./urn.ts";

/** Decides what has to be done so that a resource becomes what the program wants. One decision at a time. */
export class StepGenerator {
  readonly #deployment: Deployment;
  readonly aliases: AliasResolver;
  readonly #urns = new Set<string>();
  /** Old states that a step has dealt with, and URNs for which steps exist. */
  readonly operatedOn = new Set<string>();
  readonly pendingDeletes = new Set<ResourceState>();
  readonly #replaced = new Set<string>();
  readonly #replaceKeys = new Map<string, string[]>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.aliases = new AliasResolver(deployment);
  }

  register(goal: Goal): Promise<{ state: ResourceState; steps: Step[] }> {
    return this.#exclusively(goal, () => this.#register(goal));
  }

  read(goal: ReadGoal): Promise<{ state: ResourceState; steps: Step[] }> {
    return this.#exclusively(goal, async () => this.#read(goal));
  }

  /** The engine generates steps one after the other. An error here ends the operation: the program itself is wrong. */
  #exclusively<T>(goal: Goal, generate: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      if (this.#deployment.aborted) throw new AbortedError();
      try {
        return await generate();
      } catch (error) {
        if (!(error instanceof AbortedError)) this.#deployment.abort((error as Error).message, this.#urn(goal));
        throw new AbortedError();
      }
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #urn({ parent, type, name }: Goal): string {
    const { stack, project } = this.#deployment.options;
    return createUrn(stack, project, parent, type, name);
  }

  /** Gives the resource its URN and finds what is known of it. */
  #identify(goal: Goal): { urn: string; old?: ResourceState; alias?: string } {
    if (goal.parent && !this.#urns.has(goal.parent)) throw new Error(`could not find parent resource ${goal.parent}`);
    const urn = this.#urn(goal);
    if (this.#urns.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.#urns.add(urn);
    const { conflict, ...found } = this.aliases.find(urn, goal, this.#urns);
    if (conflict) throw new Error(conflict);
    return { urn, ...found };
  }

  #read(goal: ReadGoal): { state: ResourceState; steps: Step[] } {
    const { urn, old, alias } = this.#identify(goal);
    if (!goal.id) throw new Error(`Expected an ID for ${urn}`);
    const state = { ...stateOf(urn, goal, alias), id: goal.id, external: true, propertyDependencies: {} };
    this.operatedOn.add(urn);
    if (old && !old.external && old.id !== goal.id) {
      return { state, steps: [readStep(old, state, true), replaceStep(old, state, [])] };
    }
    return { state, steps: [readStep(old, state, false)] };
  }

  async #register(goal: Goal): Promise<{ state: ResourceState; steps: Step[] }> {
    const { urn, old, alias } = this.#identify(goal);
    const deployment = this.#deployment;
    deployment.goals.set(urn, goal);
    const state = stateOf(urn, goal, alias);
    if (old?.created) state.created = old.created;
    if (goal.importId) await this.#refuseImport(goal, state);

    // One that was deleted for the sake of something it depends on is made anew: its old inputs count no more.
    const recreating = deployment.deletes.has(urn);
    const fresh = !old || recreating || old.external;
    const { inputs, invalid } = ignoreChanges(goal.properties, old?.inputs ?? {}, old ? goal.ignoreChanges : []);
    if (invalid.length > 0) {
      const message = `cannot ignore changes in added or removed elements of the path: "${invalid.join(", ")}"`;
      deployment.recorder.diagnostic({ severity: "info", urn, message });
    }
    state.inputs = fresh
      ? await checkInputs(deployment, state, {}, goal.properties)
      : await checkInputs(deployment, state, old.inputs, inputs);
    if (old) this.operatedOn.add(urn);
    if (!old) return { state, steps: [createStep(state)] };
    if (recreating) return { state, steps: this.#recreate(old, state) };
    if (old.external)
      return { state, steps: [createStep(state, { old, pendingDelete: true }), replaceStep(old, state, [])] };
    return { state, steps: await this.#change(goal, old, state) };
  }

  /** `opts.import`: the provider is asked with nothing but an id, which a dynamic provider cannot answer. */
  async #refuseImport(goal: Goal, state: ResourceState): Promise<void> {
    const old = this.#deployment.olds.get(state.urn);
    if (!goal.custom || (old && !old.external && old.id === goal.importId)) return;
    await this.#deployment.provider(state).read(state.urn, goal.importId, undefined, undefined);
    throw new Error("provider does not support importing resources; please try updating the 'pulumi-nodejs' plugin");
  }

  #recreate(old: ResourceState, state: ResourceState): Step[] {
    this.#deployment.deletes.delete(state.urn);
    this.#replaced.add(state.urn);
    const keys = this.#replaceKeys.get(state.urn) ?? [];
    return [replaceStep(old, state, []), createStep(state, { old, pendingDelete: false, keys })];
  }

  async #change(goal: Goal, old: ResourceState, state: ResourceState): Promise<Step[]> {
    const diff = await this.#diff(goal, old, state);
    if (old.pendingReplacement || (diff.changes && diff.replace)) return this.#replace(goal, old, state, diff);
    if (diff.changes || old.initErrors.length > 0) return [updateStep(old, state)];
    return [sameStep(old, state)];
  }

  async #diff(goal: Goal, old: ResourceState, state: ResourceState): Promise<ResourceDiff> {
    const blame = (key: string): ResourceDiff => ({
      changes: true,
      replace: true,
      replaceKeys: [key],
      deleteBeforeReplace: false,
    });
    if (state.replaceWith.some((urn) => this.#replaced.has(urn))) return blame("replaceWith");
    // From component to custom resource or back. Another provider of the same kind is no reason to replace.
    if (old.provider !== state.provider && (old.provider === "" || state.provider === "")) return blame("provider");
    return diffResource(this.#deployment, old, state, {
      ignoreChanges: goal.ignoreChanges,
      replaceOnChanges: goal.replaceOnChanges,
    });
  }

  async #replace(goal: Goal, old: ResourceState, state: ResourceState, diff: ResourceDiff): Promise<Step[]> {
    const deployment = this.#deployment;
    if (state.protect && old.protect) {
      const message =
        `unable to replace resource "${state.urn}"\nas it is currently marked for protection. To unprotect the resource, ` +
        "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`";
      if (!deployment.preview) throw new Error(message);
      deployment.error(state.urn, message);
    }
    this.#replaced.add(state.urn);
    // Defaults taken over from the old resource do not hold for a new one.
    state.inputs = await checkInputs(deployment, state, {}, goal.properties);
    const keys = diff.replaceKeys;
    if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) {
      return [createStep(state, { old, pendingDelete: true, keys }), replaceStep(old, state, keys)];
    }
    const steps = await this.#deleteDependents(old);
    if (!old.pendingReplacement) steps.push(deleteStep(old, { replacing: true, pendingReplacement: true }));
    return [...steps, replaceStep(old, state, keys), createStep(state, { old, pendingDelete: false, keys })];
  }

  /** What would have to be replaced as well goes first, in reverse order of dependency. */
  async #deleteDependents(old: ResourceState): Promise<Step[]> {
    const deployment = this.#deployment;
    const dependents = await dependentReplacements(
      deployment,
      old,
      (urn) => this.#urns.has(urn) || deployment.deletes.has(urn),
    );
    const steps: Step[] = [];
    for (const { state, keys } of dependents.toReversed()) {
      if (this.pendingDeletes.has(state)) continue;
      this.#replaceKeys.set(state.urn, keys);
      if (state.protect) {
        throw new Error(
          `unable to replace resource "${state.urn}" as part of replacing "${old.urn}" as it is currently marked for protection.`,
        );
      }
      steps.push(state.delete ? deleteStep(state) : deleteStep(state, { replacing: true, pendingReplacement: true }));
      deployment.deletes.add(state.urn);
      this.pendingDeletes.add(state);
    }
    return steps;
  }
}

function stateOf(urn: string, goal: Goal, alias: string | undefined): ResourceState {
  return {
    ...emptyState(urn, goal.type),
    custom: goal.custom,
    inputs: goal.properties,
    parent: goal.parent,
    provider: goal.provider,
    dependencies: goal.dependencies,
    propertyDependencies: goal.propertyDependencies,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    aliases: alias ? [alias] : [],
    ignoreChanges: goal.ignoreChanges,
    replaceOnChanges: goal.replaceOnChanges,
    replaceWith: goal.replaceWith,
    deletedWith: goal.deletedWith,
    protect: goal.protect ?? false,
    retainOnDelete: goal.retainOnDelete ?? false,
    resourceHooks: goal.resourceHooks,
  };
}
