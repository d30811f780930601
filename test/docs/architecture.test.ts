import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = ["architecture", "adding-a-kind", "decisions", "gone", "native-plugin"].map(
  (name) => `docs/internals/${name}.md`,
);
const LAYERS = "domain|sdk|provider|routing|policy|simulator|testing|cli|contract|bench|test|scripts";

/** Files and folders of ours that a page names in code, without those that stand for several. */
function namedIn(page: string): string[] {
  const text = readFileSync(`${root}${page}`, "utf8");
  return Array.from(text.matchAll(new RegExp(`\`((?:${LAYERS})/[^\`\\s]*)\``, "g")), ([, path = ""]) => path).filter(
    (path) => !/[<{*]/.test(path),
  );
}

test.each(pages)("%s names files and folders that there are", (page) => {
  expect(namedIn(page).filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
});

test("each layer in the picture of the architecture is a folder or a file", () => {
  const picture = /```\n([\s\S]*?)```/.exec(readFileSync(`${root}docs/internals/architecture.md`, "utf8"))?.[1] ?? "";
  let folder = "";
  const missing: string[] = [];
  for (const line of picture.trim().split("\n")) {
    const [, indent = "", names = ""] = /^( *)(\S+(?: \S+\/)*)/.exec(line) ?? [];
    if (indent === "") folder = names;
    for (const name of names.split(" ")) {
      const path = (indent === "" ? name : `${folder}${name}`).replace(/<.*$/, "");
      if (!existsSync(`${root}${path}`)) missing.push(path);
    }
  }
  expect(missing).toEqual([]);
});
