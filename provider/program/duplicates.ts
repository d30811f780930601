import * as pulumi from "@pulumi/pulumi";
import type { Definition, Values } from "../runtime/definition.ts";

/**
 * Finds two resources of one program that claim the same object. Done in the program, since the provider process is reported
 * neither names of resources nor which of them a check belongs to.
 */

type Registry = Map<string, string>;

// Keyed by the running stack (or provider), so that nothing outlives it and programs in one process do not meet.
const registries = new WeakMap<object, Registry>();
const WITHOUT_STACK = {};

/**
 * Claims the object that a resource is, as far as its identity is known as the program runs.
 *
 * @param scope the provider of the resource, else the stack
 * @returns what is wrong when another resource of the program is the same singleton
 */
export function claimKnown(
  scope: object | undefined,
  definition: Definition,
  name: string,
  args: Values,
): string | undefined {
  const value = identityOf(definition, args);
  return typeof value === "string" ? claim(registryOf(scope), definition, name, value) : undefined;
}

/** As `claimKnown`, once an identity that is not known yet is. The program then fails in the middle of its run. */
export function claimLater(scope: object | undefined, definition: Definition, name: string, args: Values): void {
  const value = identityOf(definition, args);
  if (value === undefined || typeof value === "string") return;
  pulumi.output(value).apply((known) => {
    const mistake = claim(registryOf(scope), definition, name, known);
    if (mistake !== undefined) throw new pulumi.RunError(mistake);
  });
}

/** The identity as the program gives it; undefined for a kind without one. */
function identityOf({ identity }: Definition, args: Values): unknown {
  if (identity === undefined) return undefined;
  return identity.property === undefined ? "" : args[identity.property];
}

function registryOf(scope: object = pulumi.runtime.getStackResource() ?? WITHOUT_STACK): Registry {
  const registry: Registry = registries.get(scope) ?? new Map();
  registries.set(scope, registry);
  return registry;
}

function claim(registry: Registry, { kind, identity }: Definition, name: string, given: unknown): string | undefined {
  const shared = identity?.shared ?? "warning";
  if (typeof given !== "string") return undefined;
  // As check writes it: addresses are compared without case, names are not.
  const value = shared === "error" ? given.trim().toLowerCase() : given.trim();
  const key = `${kind}\n${value}`;
  const owner = registry.get(key);
  registry.set(key, owner ?? name);
  if (owner === undefined) return undefined;
  const what = value === "" ? kind : `${kind} "${value}"`;
  const message = `${what} is declared by two resources, "${owner}" and "${name}".`;
  if (shared === "warning") {
    void pulumi.log.warn(`${message} Give one of them another name: people cannot tell their alerts apart.`);
    return undefined;
  }
  return `${message} An organization has only one of these: keep one resource.`;
}
