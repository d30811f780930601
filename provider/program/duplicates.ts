import * as pulumi from "@pulumi/pulumi";
import type { Values } from "../runtime/definition.ts";

/**
 * Finds two resources of one program that claim the same object. Done in the program, since the provider process is told
 * neither names of resources nor which of them a check belongs to.
 */

type Registry = Map<string, string>;

// Keyed by the running stack (or provider), so that nothing outlives it and programs in one process do not meet.
const registries = new WeakMap<object, Registry>();
const WITHOUT_STACK = {};

/** Property that tells which object of the organization a resource is; a fixed text where there is only one. */
const IDENTITY: Readonly<Record<string, { property?: string; shared: "error" | "warning" }>> = {
  AdminAlert: { property: "alert", shared: "error" },
  OrgSettings: { shared: "error" },
  User: { property: "email", shared: "error" },
  Watcher: { property: "name", shared: "warning" },
  ThresholdWatcher: { property: "name", shared: "warning" },
};

/**
 * Claims the object that a resource is, as far as its identity is known as the program runs.
 *
 * @param scope the provider of the resource, else the stack
 * @returns what is wrong when another resource of the program is the same singleton
 */
export function claimKnown(scope: object | undefined, kind: string, name: string, args: Values): string | undefined {
  const value = identityOf(kind, args);
  return typeof value === "string" ? claim(registryOf(scope), kind, name, value) : undefined;
}

/** As `claimKnown`, once an identity that is not known yet is. The program then fails in the middle of its run. */
export function claimLater(scope: object | undefined, kind: string, name: string, args: Values): void {
  const value = identityOf(kind, args);
  if (value === undefined || typeof value === "string") return;
  pulumi.output(value).apply((known) => {
    const mistake = claim(registryOf(scope), kind, name, known);
    if (mistake !== undefined) throw new pulumi.RunError(mistake);
  });
}

/** The identity as the program gives it; undefined for a kind without one. */
function identityOf(kind: string, args: Values): unknown {
  const identity = IDENTITY[kind];
  if (identity === undefined) return undefined;
  return identity.property === undefined ? "" : args[identity.property];
}

function registryOf(scope: object = pulumi.runtime.getStackResource() ?? WITHOUT_STACK): Registry {
  const registry: Registry = registries.get(scope) ?? new Map();
  registries.set(scope, registry);
  return registry;
}

function claim(registry: Registry, kind: string, name: string, given: unknown): string | undefined {
  const shared = IDENTITY[kind]?.shared ?? "warning";
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
