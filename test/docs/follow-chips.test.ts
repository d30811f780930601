import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(root, "docs/internals/follow-chips.md"), "utf8");
const files = Array.from(page.matchAll(/^\d+\. `([^`]+)`/gm), ([, file = ""]) => file);

/** Files that a file imports or exports again, types included. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return Array.from(text.matchAll(/from "(\.[^"]+)"/g), ([, path = ""]) => normalize(join(dirname(file), path)));
}

/** Everything that can be reached from a file by imports. */
function reachable(from: string): Set<string> {
  const found = new Set([from]);
  for (const file of found) for (const next of importsOf(file)) found.add(next);
  return found;
}

test("the files exist, each once", () => {
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(new Set(files).size).toBe(files.length);
  expect(files.length).toBeGreaterThan(10);
});

test("a reader meets no other file of ours on the way: each is imported by one before it, or imports one", () => {
  const strangers = files.slice(1).filter((file, index) => {
    const before = files.slice(0, index + 1);
    const isImported = before.some((earlier) => importsOf(earlier).includes(file));
    return !isImported && !before.some((earlier) => importsOf(file).includes(earlier));
  });
  expect(strangers).toEqual([
    // Loaded by the provider text.
    "provider/dynamic.gen.ts",
    // Handed to check with the definition.
    "provider/resources/watcher/fields.ts",
    // Made once per process, and called by name.
    "sdk/client.ts",
    "sdk/models/watcher.ts",
  ]);
});

test("what the provider process loads reaches all of the rest", () => {
  const loaded = reachable("provider/dynamic.ts");
  const program = new Set(["provider/classes.gen.ts", "provider/program/resource-class.ts"]);
  expect(files.filter((file) => !program.has(file) && !loaded.has(file))).toEqual([]);
});
