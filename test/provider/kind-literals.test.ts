import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kindNames } from "../../provider/kind-names.gen.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Where a kind may be named: its own folder, the catalogue and what is made of it. Tests, examples, simulator and docs may too. */
const ALLOWED = [
  /^provider\/resources\/[^/]+\//,
  /^provider\/catalog\.ts$/,
  /\.gen\.ts$/,
  /^(simulator|test|testing|examples|docs|bench)\//,
];
const literals = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => kindNames.some((kind) => line.includes(`"${kind}"`)))
    .map((line) => line.trim());

test("no code outside its own folder asks for a kind by its name", () => {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.tsx"], {
    cwd: root,
    encoding: "utf8",
  });
  const named = files
    .split("\n")
    .filter((file) => file !== "" && !ALLOWED.some((place) => place.test(file)))
    .flatMap((file) => literals(readFileSync(`${root}${file}`, "utf8")).map((line) => `${file}: ${line}`));
  expect(named).toEqual([]);
});

test("a planted one is found", () => {
  expect(literals('if (kind === "Exclusion") return;\nconst head = [{ name: "a watcher" }];')).toEqual([
    'if (kind === "Exclusion") return;',
  ]);
});
