import type { PropertyMap } from "./types.ts";
import { isPlainObject, isSecret, makeSecret } from "./values.ts";

/** A parsed property path such as `tags["a.b"][0]` or `rules[*].name`. */
export type PropertyPath = readonly (string | number)[];

const SEGMENT = /\.?(?:\[(\d+)\]|\[(\*)\]|\["((?:\\"|[^"])*)"\]|([^.[]+))/y;

/** Parses a path; undefined when it is malformed, such options are ignored like the engine does. */
export function parsePath(text: string): PropertyPath | undefined {
  const path: (string | number)[] = [];
  SEGMENT.lastIndex = 0;
  let end = 0;
  while (end < text.length) {
    const match = SEGMENT.exec(text);
    if (!match || (end === 0 && text.startsWith("."))) return undefined;
    end = SEGMENT.lastIndex;
    const [, index, star, quoted, name] = match;
    path.push(index !== undefined ? Number(index) : (star ?? quoted?.replaceAll('\\"', '"') ?? name ?? ""));
  }
  return path;
}

/** Whether `other` lies at or below `path`; `*` stands for any key or index. */
export function pathContains(path: PropertyPath, other: PropertyPath): boolean {
  return path.length <= other.length && path.every((key, index) => key === "*" || key === other[index]);
}

/** Writes a path back as text. */
export function formatPath(path: PropertyPath): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

type Container = Record<string | number, unknown>;

interface Sides {
  old: unknown;
  new: unknown;
  oldIsSecret: boolean;
  newIsSecret: boolean;
}

const inside = (value: unknown): [unknown, boolean] => {
  let inner = value;
  while (isSecret(inner)) inner = inner.value;
  return [inner, inner !== value];
};

/** Sets one entry of the new side back to the old one; a removed secret keeps its mark. */
function resetEntry(oldSide: Container, newSide: Container, key: string | number, sides: Sides): void {
  if (!(key in oldSide)) delete newSide[key];
  else newSide[key] = sides.oldIsSecret && !sides.newIsSecret ? makeSecret(oldSide[key]) : oldSide[key];
}

function resetArray(path: PropertyPath, old: unknown[], news: unknown[], sides: Sides): boolean {
  const [key, ...rest] = path;
  if (key === "*") {
    if (old.length !== news.length) return false;
    return news.map((_, index) => resetArray([index, ...rest], old, news, sides)).every(Boolean);
  }
  if (typeof key !== "number") return false;
  const [inOld, inNew] = [key < old.length, key < news.length];
  // A place in a list can be neither added nor removed: that is an error of the path unless both lack it.
  if (!inOld || !inNew) return rest.length === 0 && inOld === inNew;
  if (rest.length > 0) return reset(rest, { ...sides, old: old[key], new: news[key] });
  resetEntry(old as unknown as Container, news as unknown as Container, key, sides);
  return true;
}

function resetObject(path: PropertyPath, old: Container, news: Container, sides: Sides): boolean {
  const [key, ...rest] = path;
  if (key === "*") {
    const keys = new Set([...Object.keys(old), ...Object.keys(news)]);
    return [...keys].map((name) => resetObject([name, ...rest], old, news, sides)).every(Boolean);
  }
  if (typeof key !== "string") return false;
  if (rest.length === 0) {
    resetEntry(old, news, key, sides);
    return true;
  }
  if (!(key in old) || !(key in news)) return key in old === key in news;
  return reset(rest, { ...sides, old: old[key], new: news[key] });
}

function reset(path: PropertyPath, sides: Sides): boolean {
  const [old, oldIsSecret] = inside(sides.old);
  const [news, newIsSecret] = inside(sides.new);
  const deeper = {
    ...sides,
    oldIsSecret: sides.oldIsSecret || oldIsSecret,
    newIsSecret: sides.newIsSecret || newIsSecret,
  };
  if (Array.isArray(old) && Array.isArray(news)) return resetArray(path, old, news, deeper);
  if (isPlainObject(old) && isPlainObject(news)) return resetObject(path, old as Container, news as Container, deeper);
  // When only one side has anything there, the path leads to something added or removed.
  const container = (value: unknown) => Array.isArray(value) || isPlainObject(value);
  return !container(old) && !container(news);
}

/**
 * `ignoreChanges`: the inputs with each listed path set back to its old value. Paths that cannot be set back, such as an
 * added element of a list, are returned by name.
 */
export function ignoreChanges(
  inputs: PropertyMap,
  olds: PropertyMap,
  paths: string[],
): { inputs: PropertyMap; invalid: string[] } {
  const result = structuredClone(inputs);
  const invalid = paths.filter((text) => {
    const path = parsePath(text);
    const sides = { old: structuredClone(olds), new: result, oldIsSecret: false, newIsSecret: false };
    return path !== undefined && path.length > 0 && !reset(path, sides);
  });
  return { inputs: result, invalid };
}
