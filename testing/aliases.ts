import type { Deployment } from "./deployment.ts";
import type { Alias, Goal } from "./goal.ts";
import type { ResourceState } from "./state.ts";
import { createUrn, parseUrn, ROOT_STACK_TYPE } from "./urn.ts";

/** Finds the old state of a resource under its own URN or one of its aliases. */
export class AliasResolver {
  readonly #deployment: Deployment;
  /** New URN by old URN, and the other way round, for each resource that was found under an alias. */
  readonly #claimed = new Map<string, string>();
  readonly #used = new Map<string, string>();

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** The new URN of a resource that was known under another one. */
  currentUrn(urn: string): string {
    return this.#claimed.get(urn) ?? urn;
  }

  find(
    urn: string,
    goal: Pick<Goal, "name" | "type" | "parent" | "aliases">,
    seen: ReadonlySet<string>,
  ): { old?: ResourceState; alias?: string; conflict?: string } {
    const claimant = this.#claimed.get(urn);
    if (claimant)
      return { conflict: `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimant}'` };
    for (const candidate of [urn, ...this.#aliases(goal)]) {
      const old = this.#deployment.olds.get(candidate);
      if (!old) continue;
      if (candidate === urn) return { old };
      const other = seen.has(candidate) ? urn : this.#claimed.get(candidate);
      if (other) {
        return {
          conflict: `Duplicate resource alias '${candidate}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
        };
      }
      this.#claimed.set(candidate, urn);
      this.#used.set(urn, candidate);
      return { old, alias: candidate };
    }
    return {};
  }

  #aliases({ name, type, parent, aliases }: Pick<Goal, "name" | "type" | "parent" | "aliases">): string[] {
    const own = aliases.map((alias) => this.#collapse(alias, name, type, parent));
    const parentAlias = this.#used.get(parent);
    if (!parentAlias) return [...new Set(own)];
    const inherited = [createInherited(type, name, parent, parentAlias)];
    for (const alias of own) {
      const parts = parseUrn(alias);
      inherited.push(createInherited(parts.type, parts.name, parent, parentAlias));
    }
    return [...new Set([...own, ...inherited])];
  }

  #collapse(alias: Alias, name: string, type: string, parent: string): string {
    if (alias.urn) return alias.urn;
    const { project, stack } = this.#deployment.options;
    // A parent that was renamed itself had its old name when the alias was in use.
    const given = alias.parent ? (this.#used.get(alias.parent) ?? alias.parent) : parent;
    const isRoot = given !== "" && parseUrn(given).qualifiedType === ROOT_STACK_TYPE;
    const above = alias.noParent || isRoot ? undefined : given;
    return createUrn(alias.stack || stack, alias.project || project, above, alias.type || type, alias.name || name);
  }
}

/** The former URN of a child of a renamed parent. Names that begin with the parent's follow it. */
function createInherited(type: string, name: string, parent: string, parentAlias: string): string {
  const parentName = parseUrn(parent).name;
  const old = parseUrn(parentAlias);
  const childName = name.startsWith(parentName) ? old.name + name.slice(parentName.length) : name;
  return createUrn(old.stack, old.project, parentAlias, type, childName);
}
