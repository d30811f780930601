import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("each dependency is named with its reason, and no other", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const named = Array.from(
    read("docs/dependencies.md").matchAll(/^\| `([^`]+)` \| [^|]+ \| [^|]{10,} \|$/gm),
    ([, name]) => name,
  );
  expect(named.sort()).toEqual(Object.keys(dependencies).sort());
});
