import { formatPath, type PropertyPath } from "./property-path.ts";
import type { DiffKind, PropertyDiff, PropertyMap } from "./types.ts";
import { equal, isPlainObject, masked } from "./values.ts";

function compare(path: PropertyPath, old: unknown, news: unknown, found: PropertyDiff[]): void {
  if (equal(old, news)) return;
  const entry = (kind: DiffKind): PropertyDiff => ({
    path: formatPath(path),
    kind,
    ...(kind === "add" ? {} : { old: masked(old) }),
    ...(kind === "delete" ? {} : { new: masked(news) }),
  });
  if (old === undefined) found.push(entry("add"));
  else if (news === undefined) found.push(entry("delete"));
  else if (isPlainObject(old) && isPlainObject(news)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(news)]))
      compare([...path, key], old[key], news[key], found);
  } else if (Array.isArray(old) && Array.isArray(news)) {
    for (let i = 0; i < Math.max(old.length, news.length); i++) compare([...path, i], old[i], news[i], found);
  } else found.push(entry("update"));
}

/** The differences between two sets of properties, internal ones left out; `replaces` names keys that force a replacement. */
export function diffProperties(olds: PropertyMap, news: PropertyMap, replaces: readonly string[] = []): PropertyDiff[] {
  const found: PropertyDiff[] = [];
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (key.startsWith("__")) continue;
    const start = found.length;
    compare([key], olds[key], news[key], found);
    if (!replaces.includes(key)) continue;
    for (const diff of found.slice(start)) diff.kind = `${diff.kind}-replace` as DiffKind;
  }
  return found;
}
