import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "../hosts/dynamic/provider-text.ts";

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

/** @throws Error when another resource of the program is the same singleton */
export function registerClaim(
  resource: pulumi.CustomResource,
  kind: string,
  name: string,
  args: Record<string, unknown>,
): void {
  const identity = IDENTITY[kind];
  if (identity === undefined) return;
  const scope = resource.getProvider(typeToken(kind)) ?? pulumi.runtime.getStackResource() ?? WITHOUT_STACK;
  const check = (value: unknown) => claim(registryOf(scope), resource, kind, name, value, identity.shared);
  const value = identity.property === undefined ? "" : args[identity.property];
  if (typeof value === "string") check(value);
  else if (value !== undefined) pulumi.output(value).apply(check);
}

function registryOf(scope: object): Registry {
  const registry: Registry = registries.get(scope) ?? new Map();
  registries.set(scope, registry);
  return registry;
}

function claim(
  registry: Registry,
  resource: pulumi.CustomResource,
  kind: string,
  name: string,
  given: unknown,
  shared: "error" | "warning",
): void {
  if (typeof given !== "string") return;
  // As check writes it: addresses are compared without case, names are not.
  const value = shared === "error" ? given.trim().toLowerCase() : given.trim();
  const key = `${kind}\n${value}`;
  const owner = registry.get(key);
  registry.set(key, owner ?? name);
  if (owner === undefined) return;
  const what = value === "" ? kind : `${kind} "${value}"`;
  const message = `${what} is declared by two resources, "${owner}" and "${name}".`;
  if (shared === "warning") {
    void pulumi.log.warn(`${message} Give one of them another name: people cannot tell their alerts apart.`, resource);
    return;
  }
  throw new Error(`${message} An organization has only one of these: keep one resource.`);
}
