import { providerDiff, withReplaceOnChanges } from "./comparison.ts";
import type { Deployment } from "./deployment.ts";
import type { ResourceState } from "./state.ts";
import { isProviderType, urnOfReference } from "./urn.ts";
import { UNKNOWN } from "./values.ts";

/**
 * What has to be replaced together with a resource that is deleted before its replacement exists: dependents whose provider
 * says that a changed value of a property taken from it cannot be updated in place. Listed in order of dependency.
 */
export async function dependentReplacements(
  deployment: Deployment,
  root: ResourceState,
  isRegistered: (urn: string) => boolean,
): Promise<{ state: ResourceState; keys: string[] }[]> {
  const replaced = new Set([root.urn]);
  const found: { state: ResourceState; keys: string[] }[] = [];
  for (const state of deployment.graph.dependents(root, isRegistered)) {
    const keys = await replaceKeys(deployment, state, replaced);
    if (!keys) continue;
    found.push({ state, keys });
    replaced.add(state.urn);
  }
  return found;
}

async function replaceKeys(
  deployment: Deployment,
  state: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<string[] | undefined> {
  if (!state.custom || state.external) return undefined;
  if (state.provider && replaced.has(urnOfReference(state.provider))) return [];
  let depends = false;
  const inputs = { ...state.inputs };
  for (const key of Object.keys(inputs)) {
    if (!state.propertyDependencies[key]?.some((urn) => replaced.has(urn))) continue;
    depends = true;
    inputs[key] = UNKNOWN;
  }
  if (!depends || isProviderType(state.type)) return undefined;
  const answer = await providerDiff(deployment.provider(state), state.urn, state, inputs, state.ignoreChanges);
  const diff = withReplaceOnChanges(answer, false, state.replaceOnChanges);
  return diff.replace ? diff.replaceKeys : undefined;
}
