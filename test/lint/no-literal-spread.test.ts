import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the linter says of a file of the project with this text. */
async function lint(text: string): Promise<string> {
  // Inside the project, where its settings hold.
  const folder = mkdtempSync(join(root, "test/lint/planted-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "planted.ts");
  writeFileSync(file, text);
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  return await new Promise((resolve) => {
    execFile(process.execPath, [biome, "lint", file], { cwd: root }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

test.each([
  ["an object", "export const shape = (a: number) => ({ ...{ a }, c: 3 });\n"],
  ["an array", "export const list = (a: number) => [...[a, a], 3];\n"],
  ["a tuple of arguments", "export const larger = (a: number) => Math.max(...([a, 3] as const));\n"],
  ["a tuple of a type", "export const larger = (a: number) => Math.max(...([a, 3] as [number, number]));\n"],
])("the linter refuses %s that is spread into another only to save lines", async (_what, text) => {
  expect(await lint(text)).toContain("Write the members of this literal out instead of spreading it.");
});

test("it lets other spreads be", async () => {
  const text = [
    "export const shape = (a?: number) => ({ ...(a === undefined ? {} : { a }), c: 3 });",
    'export const list = (rest: string[]) => [...rest, ...["a", "b"].map((name) => name.trim())];',
    "",
  ].join("\n");
  expect(await lint(text)).not.toContain("Write the members");
});
