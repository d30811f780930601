import { AbortedError, type Deployment } from "./deployment.ts";
import { diffProperties } from "./property-diff.ts";
import { type PropertyPath, parsePath, pathContains } from "./property-path.ts";
import { type CheckFailure, DiffUnavailableError, type ProviderClient, type ProviderDiff } from "./provider-client.ts";
import { providerConfig } from "./provider-registry.ts";
import type { ResourceState } from "./state.ts";
import type { PropertyMap } from "./types.ts";
import { isProviderType } from "./urn.ts";
import { equal, isObject, isSecret } from "./values.ts";

export interface ResourceDiff {
  changes: boolean;
  replace: boolean;
  replaceKeys: string[];
  deleteBeforeReplace: boolean;
}

/** Key that stands for an incomplete creation among the paths of `replaceOnChanges`. */
const INIT_ERRORS = "#initerror";

/** Lets the provider check and complete inputs. Complaints end the operation. */
export async function checkInputs(
  deployment: Deployment,
  state: ResourceState,
  olds: PropertyMap,
  news: PropertyMap,
): Promise<PropertyMap> {
  // Components have no provider; the host does not check the configuration of providers.
  if (!state.custom || isProviderType(state.type)) return news;
  const { inputs, failures } = await deployment.provider(state).check(state.urn, olds, news, deployment.preview);
  if (failures.length === 0) return inputs;
  for (const failure of failures) deployment.error(state.urn, failureMessage(state, inputs, failure));
  deployment.abort();
  throw new AbortedError();
}

/** The engine's wording, which quotes the value, secret or not. */
export function failureMessage(
  { urn, type }: ResourceState,
  inputs: PropertyMap,
  { property, reason }: CheckFailure,
): string {
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  if (!property) return `${type} resource '${name}' has a problem: ${reason}`;
  return `${type} resource '${name}': property ${property} value ${goValue(inputs[property])} has a problem: ${reason}`;
}

/** A value as Go prints the engine's property values. */
function goValue(value: unknown): string {
  if (isSecret(value)) return `{&{${goValue(value.value)}}}`;
  if (Array.isArray(value)) return `{[${value.map(goValue).join(" ")}]}`;
  if (!isObject(value)) return `{${value ?? "<nil>"}}`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{map[${entries.map(([key, inner]) => `${key}:${goValue(inner)}`).join(" ")}]}`;
}

/** Compares what is recorded with what is wanted. */
export async function diffResource(
  deployment: Deployment,
  old: ResourceState,
  state: ResourceState,
  options: { ignoreChanges: string[]; replaceOnChanges: string[] },
): Promise<ResourceDiff> {
  if (!state.custom) return plainDiff(!equal(old.inputs, state.inputs));
  if (isProviderType(state.type)) return plainDiff(!equal(old.outputs, providerConfig(state.inputs)));
  try {
    const diff = await providerDiff(deployment.provider(state), state.urn, old, state.inputs, options.ignoreChanges);
    return withReplaceOnChanges(diff, old.initErrors.length > 0, options.replaceOnChanges);
  } catch (error) {
    if (!(error instanceof DiffUnavailableError)) throw error;
    deployment.warn(state.urn, error.message);
    return plainDiff(true);
  }
}

const plainDiff = (changes: boolean): ResourceDiff => ({
  changes,
  replace: false,
  replaceKeys: [],
  deleteBeforeReplace: false,
});

interface KnownDiff extends ProviderDiff {
  changes: "none" | "some";
  /** Paths of the inputs that changed, when the engine had to compare them itself. */
  changedPaths: string[];
}

/** Asks the provider; when it does not know, changed inputs count as a change. */
export async function providerDiff(
  provider: ProviderClient,
  urn: string,
  old: ResourceState,
  news: PropertyMap,
  ignored: string[],
): Promise<KnownDiff> {
  const diff = await provider.diff(urn, old.id, old, news, ignored);
  if (diff.changes !== "unknown") return { ...diff, changes: diff.changes, changedPaths: [] };
  const changes = equal(old.inputs, news) ? "none" : "some";
  return { ...diff, changes, changedPaths: diffProperties(old.inputs, news).map(({ path }) => path) };
}

/**
 * Adds what the option `replaceOnChanges` asks for. The engine applies it to what it knows of the change, which is nothing
 * when the provider answers only "changed": then the option has no effect.
 */
export function withReplaceOnChanges(
  diff: KnownDiff,
  hasInitErrors: boolean,
  replaceOnChanges: string[],
): ResourceDiff {
  const paths = replaceOnChanges.flatMap((text) => {
    const path = parsePath(text);
    return path ? [path] : [];
  });
  const matches = (changed: PropertyPath) => paths.some((path) => pathContains(path, changed));
  const keys = new Set(diff.replaceKeys);
  for (const changed of diff.changedPaths.map((text) => parsePath(text) ?? []))
    if (matches(changed)) keys.add(String(changed[0]));
  const forced = hasInitErrors && matches([INIT_ERRORS]);
  if (forced) keys.add(INIT_ERRORS);
  const changes = diff.changes === "some" || forced;
  return { changes, replace: keys.size > 0, replaceKeys: [...keys], deleteBeforeReplace: diff.deleteBeforeReplace };
}
