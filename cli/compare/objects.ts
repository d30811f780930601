import { isDeepStrictEqual } from "node:util";
import type { Values } from "../../provider/runtime/definition.ts";
import { withSets } from "../../provider/runtime/sets.ts";
import { comparedKeys, definitionOf, titleOf } from "./kinds.ts";

/** One object on either side of a comparison. */
export interface ComparedObject {
  readonly kind: string;
  readonly id: string;
  readonly inputs: Values;
  /** Secret inputs that are set, and whose values are not known. */
  readonly withheld?: readonly string[];
}

/** One property that differs. Secret values read `[secret]`. */
export interface Change {
  readonly property: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Difference {
  readonly changes: Change[];
  /** Secrets that one of the sides does not have. */
  readonly notCompared: string[];
}

export const SECRET = "[secret]";

/** Compares two objects of one kind, property by property. */
export function compareObjects(before: ComparedObject, after: ComparedObject): Difference {
  const definition = definitionOf(before.kind);
  const changes: Change[] = [];
  const notCompared: string[] = [];
  for (const property of comparedKeys(definition)) {
    if (before.withheld?.includes(property) || after.withheld?.includes(property)) {
      notCompared.push(property);
      continue;
    }
    const values = [before.inputs[property] ?? null, after.inputs[property] ?? null] as const;
    if (isDeepStrictEqual(withSets(values[0]), withSets(values[1]))) continue;
    const hide = (value: unknown) => (value !== null && definition.secret?.includes(property) ? SECRET : value);
    changes.push({ property, before: hide(values[0]), after: hide(values[1]) });
  }
  return { changes, notCompared };
}

export interface Matching<A, B> {
  readonly pairs: Array<{ readonly a: A; readonly b: B }>;
  readonly onlyA: A[];
  readonly onlyB: B[];
}

/**
 * Pairs the objects of two organizations by kind and title. Titles are not unique: among namesakes those are paired first
 * that agree in everything that counts, the others in order.
 *
 * @param ignore properties (`Watcher.msTeamsWebhook`) that do not count
 */
export function matchByTitle<A extends ComparedObject, B extends ComparedObject>(
  a: readonly A[],
  b: readonly B[],
  ignore: readonly string[] = [],
): Matching<A, B> {
  const free = new Set(b);
  const paired = new Map<A, B>();
  const pair = (accept: (one: A, other: B) => boolean) => {
    for (const one of a.filter((candidate) => !paired.has(candidate))) {
      const found = [...free].find((other) => sameTitle(one, other) && accept(one, other));
      if (found === undefined) continue;
      free.delete(found);
      paired.set(one, found);
    }
  };
  pair((one, other) =>
    compareObjects(one, other).changes.every(({ property }) => ignore.includes(`${one.kind}.${property}`)),
  );
  pair(() => true);
  return {
    pairs: [...paired].map(([one, other]) => ({ a: one, b: other })),
    onlyA: a.filter((one) => !paired.has(one)),
    onlyB: [...free],
  };
}

function sameTitle(one: ComparedObject, other: ComparedObject): boolean {
  return one.kind === other.kind && titleOf(one.kind, one.inputs) === titleOf(other.kind, other.inputs);
}
