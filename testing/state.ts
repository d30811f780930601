import type { HookBinding, PropertyMap } from "./types.ts";
import { urnOfReference } from "./urn.ts";

/** A resource as the engine knows it. Steps change such objects in place, so identity matters: two may share a URN. */
export interface ResourceState {
  urn: string;
  type: string;
  custom: boolean;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  parent: string;
  /** Reference of the provider, empty for components and providers. */
  provider: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  additionalSecretOutputs: string[];
  /** URN under which the resource was found in the old state, when it is another one. */
  aliases: string[];
  initErrors: string[];
  ignoreChanges: string[];
  replaceOnChanges: string[];
  replaceWith: string[];
  deletedWith: string;
  protect: boolean;
  retainOnDelete: boolean;
  resourceHooks: HookBinding;
  /** Read by the program, not managed. */
  external: boolean;
  /** Replaced, but not yet deleted. */
  delete: boolean;
  /** Deleted for a replacement that has not been created yet. */
  pendingReplacement: boolean;
  created?: string;
  modified?: string;
}

export function emptyState(urn: string, type: string): ResourceState {
  return {
    urn,
    type,
    custom: false,
    id: "",
    inputs: {},
    outputs: {},
    parent: "",
    provider: "",
    dependencies: [],
    propertyDependencies: {},
    additionalSecretOutputs: [],
    aliases: [],
    initErrors: [],
    ignoreChanges: [],
    replaceOnChanges: [],
    replaceWith: [],
    deletedWith: "",
    protect: false,
    retainOnDelete: false,
    resourceHooks: {},
    external: false,
    delete: false,
    pendingReplacement: false,
  };
}

/** All resources that must exist before this one, apart from its parent and its provider. */
export function dependenciesOf(state: ResourceState): string[] {
  const byProperty = Object.values(state.propertyDependencies).flat();
  return [...state.dependencies, ...byProperty, state.deletedWith, ...state.replaceWith].filter(Boolean);
}

/**
 * The state of a stack while an operation changes it: the resources from before, those that are done with, and those that the
 * operation has produced. Both lists are in an order in which each resource follows what it depends on.
 */
export class Snapshot {
  #base: ResourceState[];
  #news: ResourceState[] = [];
  readonly #done = new Set<ResourceState>();
  readonly #onChange: (resources: ResourceState[]) => void;

  constructor(base: ResourceState[], onChange: (resources: ResourceState[]) => void) {
    this.#base = base;
    this.#onChange = onChange;
  }

  get base(): readonly ResourceState[] {
    return this.#base;
  }

  /** Replaces the resources from before, after a refresh. */
  rebase(resources: ResourceState[]): void {
    this.#base = resources;
    this.#onChange(this.resources());
  }

  /** Records what a step did: `old` is not part of the state any more, `state` is. */
  record({ old, state }: { old?: ResourceState | undefined; state?: ResourceState | undefined }): void {
    if (old) this.#done.add(old);
    if (state) this.#news.push(state);
    this.#onChange(this.resources());
  }

  resources(): ResourceState[] {
    return normalizeUrns([...this.#news, ...this.#base].filter((state) => !this.#done.has(state)));
  }
}

/** Lets all references to a renamed resource lead to its new URN. */
function normalizeUrns(resources: ResourceState[]): ResourceState[] {
  const renamed = new Map(resources.flatMap((state) => state.aliases.map((alias) => [alias, state.urn] as const)));
  if (renamed.size === 0) return resources;
  const fix = (urn: string) => renamed.get(urn) ?? urn;
  for (const state of resources) {
    state.parent = fix(state.parent);
    state.dependencies = state.dependencies.map(fix);
    state.replaceWith = state.replaceWith.map(fix);
    state.deletedWith = fix(state.deletedWith);
    for (const [key, urns] of Object.entries(state.propertyDependencies))
      state.propertyDependencies[key] = urns.map(fix);
    if (state.provider) {
      const urn = urnOfReference(state.provider);
      state.provider = fix(urn) + state.provider.slice(urn.length);
    }
  }
  return resources;
}
