import { kindOf } from "../../provider/catalog.ts";
import { readInventory } from "../../provider/inventory.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import type { Values } from "../../provider/runtime/definition.ts";
import { version } from "../../sdk/version.ts";
import { comparedKeys, definitionOf } from "../compare/kinds.ts";
import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION, type Snapshot, type SnapshotObject } from "./format.ts";

/** Reads all of an organization. @param withSecrets whether webhook URLs are in it */
export async function takeSnapshot(org: Organization, { withSecrets = false } = {}): Promise<Snapshot> {
  const inventory = await readInventory(org);
  const watchers = (await org.lists.watchers()).items;
  return {
    format: SNAPSHOT_FORMAT,
    version: SNAPSHOT_VERSION,
    tool: version,
    organization: inventory.organization,
    takenAt: inventory.takenAt,
    live: inventory.live,
    secrets: withSecrets,
    objects: inventory.objects.map(({ kind, id, inputs }) => {
      const withheld = withSecrets ? [] : setSecrets(kind, inputs);
      // What only steers the provider is no part of the organization.
      const own = comparedKeys(definitionOf(kind)).map((key) => [key, withheld.includes(key) ? null : inputs[key]]);
      return { kind, id, inputs: Object.fromEntries(own), withheld } as SnapshotObject;
    }),
    deletedWatchers: watchers
      .filter(({ deleted }) => deleted)
      .map(({ id, name, type }) => ({ kind: watcherKind(type), id: String(id), name })),
  };
}

export const watcherKind = (type: string): string => kindOf(type === "threshold" ? "threshold-watcher" : "watcher");

/** Secret inputs of an object that are set. */
export function setSecrets(kind: string, inputs: Values): string[] {
  return (definitionOf(kind).secret ?? []).filter((key) => (inputs[key] ?? null) !== null);
}
