import type { Inventory, LiveObject } from "../../provider/inventory.ts";
import { containsUnknown } from "../../provider/runtime/unknowns.ts";
import type { StateResource } from "../../provider/stack/read-state.ts";
import type { Configuration } from "../../routing/index.ts";
import { fromObjects, type NormalObject } from "../../routing/normal.ts";
import { decidingKeys, normalObject } from "../../routing/sources.ts";
import { isAdopted, titleOf } from "../compare/kinds.ts";
import { subjectOf } from "../drift/find.ts";

/** Objects that a stack declares, or a preview plans, of the connected organization. */
export interface Change {
  readonly declared: readonly StateResource[];
  readonly removed: readonly StateResource[];
}

/** An object whose properties are not all known yet. */
export interface NotReplayed {
  readonly kind: string;
  readonly title: string;
  /** Id in Anomify; null while there is none. */
  readonly id: string | null;
  readonly reason: string;
}

/**
 * The organization as it would be after the change: what the program declares in the place of what is there, everything else as
 * it is. An object of which something is not known stays as it is, and is named.
 */
export function afterChange(
  { organization, objects }: Inventory,
  { declared, removed }: Change,
): { readonly configuration: Configuration; readonly notReplayed: readonly NotReplayed[] } {
  const live = new Map<string, LiveObject>(objects.map((object) => [`${object.kind} ${object.id}`, object]));
  const next = new Map<string, NormalObject>(live);
  const notReplayed: NotReplayed[] = [];
  for (const { kind, id } of removed) next.delete(`${kind} ${id}`);
  for (const resource of declared) {
    const target = live.get(`${resource.kind} ${resource.id}`) ?? adopted(resource, objects);
    const reason = whyNotReplayed(resource);
    if (reason !== undefined) {
      const { kind, title } = subjectOf(resource);
      notReplayed.push({ kind, title, id: target?.id ?? null, reason });
      continue;
    }
    const key = target === undefined ? resource.urn : `${target.kind} ${target.id}`;
    next.set(key, { ...normalObject(resource), id: target?.id ?? null, inputs: inputsOf(resource, target) });
  }
  const { id, name } = organization;
  return {
    configuration: { organization: { id, name }, ...fromObjects([...next.values()]), everybody: true },
    notReplayed,
  };
}

/** What is not managed of settings and people stays as it is. */
function inputsOf(resource: StateResource, target: LiveObject | undefined): NormalObject["inputs"] {
  const { inputs } = normalObject(resource);
  if (!isAdopted(resource.kind)) return inputs;
  return { ...target?.inputs, ...Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null)) };
}

/** What a create takes over. Which one is meant was checked by the preview. */
function adopted({ kind, id, outputs }: StateResource, objects: readonly LiveObject[]): LiveObject | undefined {
  const { adopt } = outputs;
  if (id !== "" || (adopt ?? null) === null) return undefined;
  const isMeant = (live: LiveObject) =>
    adopt === true ? titleOf(kind, live.inputs) === titleOf(kind, outputs) : live.id === String(adopt);
  return objects.find((live) => live.kind === kind && isMeant(live));
}

function whyNotReplayed({ outputs, unreadable }: StateResource): string | undefined {
  const hidden = decidingKeys.filter((key) => unreadable.includes(key));
  if (hidden.length > 0) return `a secret that is not written there: ${hidden.join(", ")}`;
  const unknown = decidingKeys.filter((key) => containsUnknown(outputs[key]));
  return unknown.length > 0 ? `known after the update only: ${unknown.join(", ")}` : undefined;
}
