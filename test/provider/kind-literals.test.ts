import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kindNames } from "../../provider/kind-names.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Where a kind may be named: its own folder, the catalogue and what is made of it. Tests, examples, simulator and docs may too. */
const ALLOWED = [
  /^provider\/resources\/[^/]+\//,
  /^provider\/(catalog|kind-names)\.ts$/,
  /\.gen\.ts$/,
  /^(simulator|test|testing|examples|docs|bench)\//,
];
/** Kind names that are also words of a table or an interface. */
const HEADINGS = /name: "Watcher"|\["Watcher", /;

const literals = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => kindNames.some((kind) => line.includes(`"${kind}"`)) && !HEADINGS.test(line))
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
  expect(literals('if (kind === "Exclusion") return;\nconst head = [{ name: "Watcher" }];')).toEqual([
    'if (kind === "Exclusion") return;',
  ]);
});
