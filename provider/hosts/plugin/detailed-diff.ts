import { isDeepStrictEqual } from "node:util";
import type { Values } from "../../runtime/definition.ts";

/** What happens at one path of a resource. */
export type PathChange = "add" | "delete" | "update";

/** The paths that differ, such as `chips[1]` or `summaryReport.frequency`: as deep as both sides have the same form. */
export function detailedDiff(keys: readonly string[], before: Values, after: Values): Map<string, PathChange> {
  const found = new Map<string, PathChange>();
  for (const key of keys) compare(found, key, before[key], after[key]);
  return found;
}

function compare(found: Map<string, PathChange>, path: string, before: unknown, after: unknown): void {
  const [old, next] = [before ?? null, after ?? null];
  if (isDeepStrictEqual(old, next)) return;
  if (Array.isArray(old) && Array.isArray(next)) {
    compareSets(found, path, old, next);
    return;
  }
  if (isRecord(old) && isRecord(next)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
      compare(found, `${path}.${key}`, old[key], next[key]);
    }
    return;
  }
  found.set(path, old === null ? "add" : next === null ? "delete" : "update");
}

/**
 * Lists are sets: an element that stays is no change, wherever it stands. What goes is named by its old place and what comes
 * by its new one; the engine shows both where they meet.
 */
function compareSets(found: Map<string, PathChange>, path: string, old: unknown[], next: unknown[]): void {
  const isIn = (list: unknown[], item: unknown) => list.some((other) => isDeepStrictEqual(other, item));
  const gone = old.flatMap((item, index) => (isIn(next, item) ? [] : [index]));
  const come = next.flatMap((item, index) => (isIn(old, item) ? [] : [index]));
  for (const index of gone) found.set(`${path}[${index}]`, "delete");
  for (const index of come) found.set(`${path}[${index}]`, gone.includes(index) ? "update" : "add");
}

const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
