import { diffResource } from "./comparison.ts";
import type { Deployment } from "./deployment.ts";
import { ProviderError, type ReadResult } from "./provider-client.ts";
import { dependenciesOf, type ResourceState } from "./state.ts";
import type { Step, StepContext } from "./steps.ts";
import { isProviderType } from "./urn.ts";
import { equal } from "./values.ts";

/** Reads all objects of the state and takes over what they are now. False when one could not be read. */
export async function refreshAll(deployment: Deployment): Promise<boolean> {
  const { snapshot, executor } = deployment;
  const steps = new Map<ResourceState, Step>(snapshot.base.map((state) => [state, refreshStep(deployment, state)]));
  const outcomes = await Promise.all([...steps.values()].map((step) => executor.chain([step])));
  const left = snapshot.base.flatMap((state) => steps.get(state)?.new ?? []);
  snapshot.rebase(withoutLostDependencies(left));
  deployment.index();
  return outcomes.every(Boolean);
}

function refreshStep(deployment: Deployment, old: ResourceState): Step {
  const step: Step = {
    op: "refresh",
    urn: old.urn,
    old,
    new: old,
    logical: false,
    resultOp: "same",
    async apply(context) {
      // Components and providers never change by themselves, and what waits for its replacement is gone already.
      if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return;
      const found = await readCurrent(context, old);
      if (found.id === "") {
        step.new = undefined;
        step.resultOp = "delete";
        return;
      }
      const state: ResourceState = {
        ...old,
        id: found.id,
        outputs: found.outputs,
        inputs: found.inputs ?? old.inputs,
        initErrors: found.initErrors,
      };
      if (!equal(state.inputs, old.inputs) || !equal(state.outputs, old.outputs))
        state.modified = new Date().toISOString();
      step.new = state;
      step.resultOp = (await hasDrifted(deployment, old, state)) ? "update" : "same";
    },
    record: () => {},
  };
  return step;
}

async function readCurrent(context: StepContext, old: ResourceState): Promise<ReadResult & { initErrors: string[] }> {
  try {
    const found = await context.provider(old).read(old.urn, old.id, old.inputs, old.outputs);
    return { ...found, initErrors: [] };
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.partial) throw error;
    // An object that is there but not well does not fail a refresh; the next update sees to it.
    const { reasons, ...found } = error.partial;
    context.warn(old.urn, `Refreshed resource is in an unhealthy state:\n* ${reasons.join("\n* ")}`);
    return { ...found, initErrors: reasons };
  }
}

/**
 * Whether an update right after the refresh would change anything, which is what the engine shows as drift: the provider
 * compares what it has just read with the inputs from before.
 */
async function hasDrifted(deployment: Deployment, old: ResourceState, state: ResourceState): Promise<boolean> {
  if (old.external) return !equal(old.outputs, state.outputs);
  const wanted = { ...state, inputs: old.inputs };
  const diff = await diffResource(deployment, { ...state, initErrors: [] }, wanted, {
    ignoreChanges: old.ignoreChanges,
    replaceOnChanges: [],
  });
  return diff.changes;
}

/** References to resources that are gone would make the state invalid. */
function withoutLostDependencies(resources: ResourceState[]): ResourceState[] {
  const present = new Set<string>();
  return resources.map((state) => {
    const lost = dependenciesOf(state).some((urn) => !present.has(urn));
    present.add(state.urn);
    if (!lost) return state;
    const kept = (urns: string[]) => urns.filter((urn) => present.has(urn));
    const byProperty = Object.entries(state.propertyDependencies).map(([key, urns]) => [key, kept(urns)] as const);
    return Object.assign(state, {
      dependencies: kept(state.dependencies),
      propertyDependencies: Object.fromEntries(byProperty),
      replaceWith: kept(state.replaceWith),
      deletedWith: present.has(state.deletedWith) ? state.deletedWith : "",
    });
  });
}
