import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../helpers/anomify.ts";

/** Packages that a built module loads before it runs, itself and through modules of ours. */
function loadedAtStart(path: string, seen = new Set<string>()): Set<string> {
  for (const [, name = ""] of readFileSync(path, "utf8").matchAll(/^import\s(?:[^"]*\sfrom\s)?"([^"]+)";$/gm)) {
    const next = name.startsWith(".") ? join(dirname(path), name) : name;
    if (seen.has(next)) continue;
    seen.add(next);
    if (name.startsWith(".")) loadedAtStart(next, seen);
  }
  return seen;
}

test("the command starts without what single commands need", () => {
  const packages = [...loadedAtStart(main)].filter((name) => !name.startsWith("/") && !name.startsWith("node:"));
  expect(packages.sort()).toEqual(["commander", "env-paths", "fast-string-width", "fast-wrap-ansi"]);
});
