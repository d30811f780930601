import { catalog } from "./catalog.ts";
import type { Organization } from "./organization/organization.ts";
import type { Definition, Values } from "./runtime/definition.ts";
import { complete, inputsOf } from "./runtime/record.ts";

/** One object of an organization, as a resource of ours that manages all of it would record it. */
export interface LiveObject {
  /** Kind of resource, such as `Watcher`. */
  readonly kind: string;
  readonly id: string;
  /** Inputs in normal form: people by e-mail address, null where nothing is set. */
  readonly inputs: Values;
  /** All outputs, the inputs among them. */
  readonly outputs: Values;
}

/** What an organization has, by the kinds of resource that can manage it. Softly deleted watchers are left out. */
export interface Inventory {
  readonly organization: { readonly id: number; readonly name: string };
  /** Unix seconds, service clock: the oldest of the lists stands for this time. */
  readonly takenAt: number;
  /** Whether every list was read from the live data, not from a cache. */
  readonly live: boolean;
  /** In the order of the catalog, then by id. */
  readonly objects: readonly LiveObject[];
}

/** Reads an organization: one list per kind, however many objects there are. @throws AnomifyError */
export async function readInventory(org: Organization): Promise<Inventory> {
  const objects: LiveObject[] = [];
  const organization = await org.identity.describe();
  for (const definition of catalog) objects.push(...(await readKind(definition, org, organization)));
  const lists = await Promise.all([
    org.lists.watchers(),
    org.lists.exclusions(),
    org.lists.users(),
    org.lists.adminAlerts(),
    org.lists.info(),
  ]);
  const info = (await org.lists.info()).items[0];
  if (info === undefined) throw new Error("Anomify did not say which organization this is. Check the credential");
  return {
    organization: { id: info.id, name: info.name },
    takenAt: Math.min(...lists.map(({ takenAt }) => takenAt)),
    live: lists.every(({ live }) => live),
    objects,
  };
}

async function readKind(
  definition: Definition,
  org: Organization,
  organization: string | undefined,
): Promise<LiveObject[]> {
  const ids = (await definition.ids(org)).sort((a, b) => Number(a) - Number(b));
  const objects: LiveObject[] = [];
  for (const id of ids) {
    const read = await definition.read(org, id);
    // Read from the same lists as the ids, so it is there.
    if (read === undefined) continue;
    const outputs = complete(definition, {}, { ...read, organization });
    objects.push({ kind: definition.kind, id, inputs: inputsOf(definition, outputs), outputs });
  }
  return objects;
}
