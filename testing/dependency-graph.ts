import { dependenciesOf, type ResourceState } from "./state.ts";
import { urnOfReference } from "./urn.ts";

/** Who depends on whom, in a list where each resource follows what it depends on. */
export class DependencyGraph {
  readonly #resources: readonly ResourceState[];

  constructor(resources: readonly ResourceState[]) {
    this.#resources = resources;
  }

  /** Everything that depends on a resource, directly or through others, in the order of the list. Children are left out. */
  dependents(root: ResourceState, ignored: (urn: string) => boolean): ResourceState[] {
    const reached = new Set([root.urn]);
    const found: ResourceState[] = [];
    for (const candidate of this.#resources.slice(this.#resources.indexOf(root) + 1)) {
      if (ignored(candidate.urn)) continue;
      const needs = candidate.provider
        ? [...dependenciesOf(candidate), urnOfReference(candidate.provider)]
        : dependenciesOf(candidate);
      if (!needs.some((urn) => reached.has(urn))) continue;
      found.push(candidate);
      reached.add(candidate.urn);
    }
    return found;
  }

  /** What a resource needs directly: dependencies with the children of components among them, its provider and its parent. */
  dependencies(state: ResourceState): Set<ResourceState> {
    const index = this.#resources.indexOf(state);
    const before = this.#resources.slice(0, Math.max(index, 0));
    const needed = new Set(dependenciesOf(state));
    if (state.provider) needed.add(urnOfReference(state.provider));
    const found = new Set<ResourceState>();
    for (const candidate of before) {
      if (candidate.urn === state.parent) found.add(candidate);
      if (!needed.has(candidate.urn)) continue;
      found.add(candidate);
      if (!candidate.custom) for (const child of this.#children(candidate.urn, before)) found.add(child);
    }
    return found;
  }

  /** Everything a resource needs, directly or through others. */
  allDependencies(state: ResourceState, found = new Set<ResourceState>()): Set<ResourceState> {
    for (const dependency of this.dependencies(state)) {
      if (found.has(dependency)) continue;
      found.add(dependency);
      this.allDependencies(dependency, found);
    }
    return found;
  }

  #children(urn: string, among: readonly ResourceState[]): ResourceState[] {
    return among
      .filter((state) => state.parent === urn)
      .flatMap((child) => [child, ...this.#children(child.urn, among)]);
  }
}

/**
 * Groups resources for deletion: those of a group can go at the same time, each group after the one before it. Nothing goes
 * before what depends on it.
 */
export function deletionOrder(condemned: ResourceState[], graph: DependencyGraph): ResourceState[][] {
  const left = new Set(condemned);
  const groups: ResourceState[][] = [];
  while (left.size > 0) {
    const group = [...left].filter((state) => ![...graph.dependencies(state)].some((needed) => left.has(needed)));
    if (group.length === 0) return [...left].map((state) => [state]).concat(groups);
    for (const state of group) left.delete(state);
    groups.unshift(group);
  }
  return groups;
}
