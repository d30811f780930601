import { titleOf } from "../compare/kinds.ts";
import { applyMapping, type Mapping } from "../compare/mapping.ts";
import { type Change, type ComparedObject, compareObjects, matchByTitle } from "../compare/objects.ts";

interface Named {
  readonly kind: string;
  readonly title: string;
}

/** What differs between two organizations. */
export interface OrganizationDifference {
  readonly onlyA: Array<Named & { readonly id: string }>;
  readonly onlyB: Array<Named & { readonly id: string }>;
  readonly changed: Array<Named & { readonly a: string; readonly b: string; readonly changes: readonly Change[] }>;
  /** Secrets that one of the sides does not have. */
  readonly notCompared: Array<Named & { readonly a: string; readonly b: string; readonly property: string }>;
}

/**
 * Compares two organizations after the first one's names were mapped.
 *
 * @param ignore kinds (`User`) and properties (`OrgSettings.name`) that do not count
 */
export function compareOrganizations(
  a: readonly ComparedObject[],
  b: readonly ComparedObject[],
  mapping: Mapping,
  ignore: readonly string[] = [],
): OrganizationDifference {
  const counts = ({ kind }: ComparedObject) => !ignore.includes(kind);
  const mapped = a.map((object) => ({ ...object, inputs: applyMapping(object.inputs, mapping) }));
  const { pairs, onlyA, onlyB } = matchByTitle(mapped.filter(counts), b.filter(counts), ignore);
  const difference: OrganizationDifference = {
    onlyA: onlyA.map(naming),
    onlyB: onlyB.map(naming),
    changed: [],
    notCompared: [],
  };
  for (const pair of pairs) {
    const found = compareObjects(pair.a, pair.b);
    const { kind, title } = naming(pair.a);
    const changes = found.changes.filter(({ property }) => !ignore.includes(`${kind}.${property}`));
    if (changes.length > 0) difference.changed.push({ kind, title, a: pair.a.id, b: pair.b.id, changes });
    difference.notCompared.push(
      ...found.notCompared.map((property) => ({ kind, title, a: pair.a.id, b: pair.b.id, property })),
    );
  }
  return difference;
}

export function isSame({ onlyA, onlyB, changed }: OrganizationDifference): boolean {
  return onlyA.length + onlyB.length + changed.length === 0;
}

function naming({ kind, id, inputs }: ComparedObject) {
  return { kind, id, title: titleOf(kind, inputs) };
}
