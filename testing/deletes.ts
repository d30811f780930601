import { deletionOrder } from "./dependency-graph.ts";
import type { Deployment } from "./deployment.ts";
import type { ResourceState } from "./state.ts";
import { deleteStep, removePendingReplaceStep, type Step } from "./steps.ts";

/** How one resource of the old state leaves it; undefined when it stays. */
function leavingStep(state: ResourceState, isKept: (state: ResourceState) => boolean): Step | undefined {
  if (state.delete) return deleteStep(state, { replacing: true });
  if (isKept(state)) return undefined;
  return state.pendingReplacement ? removePendingReplaceStep(state) : deleteStep(state);
}

/**
 * Deletes replaced resources and those that are not kept, in reverse order of dependency. What a resource needs whose
 * deletion or change has failed stays.
 */
export async function deleteResources(
  deployment: Deployment,
  isKept: (state: ResourceState) => boolean,
): Promise<void> {
  const { executor, graph, snapshot } = deployment;
  const steps = new Map<ResourceState, Step>();
  for (const state of snapshot.base) {
    const step = leavingStep(state, isKept);
    if (!step) continue;
    steps.set(state, step);
    deployment.deletes.add(state.urn);
  }
  const needed = new Set<ResourceState>();
  for (const group of deletionOrder([...steps.keys()], graph)) {
    for (const { old } of executor.failed) if (old && snapshot.base.includes(old)) graph.allDependencies(old, needed);
    const free = group.filter((state) => !needed.has(state)).flatMap((state) => steps.get(state) ?? []);
    await Promise.all(free.map((step) => executor.chain([step])));
    const stopped = executor.failed.some((step) => !step.old?.protect) && !deployment.options.continueOnError;
    if (stopped) return;
  }
}
