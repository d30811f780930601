import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(root, path)) && !path.startsWith(".changeset"));

interface Link {
  readonly path: string;
  readonly fragment: string;
}

/** Relative links of a page, from the root of the project. */
function linksOf(page: string): Link[] {
  const text = readFileSync(join(root, page), "utf8").replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, "");
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = "", fragment = ""] = target.split("#");
      return { path: path === "" ? page : normalize(join(dirname(page), path)).replace(/\/$/, ""), fragment };
    });
}

/** Names of the headings of a page, as links write them. */
const anchorsOf = (page: string): string[] =>
  Array.from(readFileSync(join(root, page), "utf8").matchAll(/^#+ (.+)$/gm), ([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );

test("every relative link leads to a file, and to a heading of it", () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter(({ path, fragment }) => {
        if (!existsSync(join(root, path))) return true;
        return fragment !== "" && path.endsWith(".md") && !anchorsOf(path).includes(fragment);
      })
      .map(({ path, fragment }) => `${page} → ${path}${fragment === "" ? "" : `#${fragment}`}`),
  );
  expect(broken).toEqual([]);
});

test("every page of docs can be reached from the README or from CONTRIBUTING.md", () => {
  const reached = new Set(["README.md", "CONTRIBUTING.md"]);
  for (const page of reached) {
    for (const { path } of linksOf(page)) if (path.endsWith(".md") && existsSync(join(root, path))) reached.add(path);
  }
  expect(pages.filter((page) => page.startsWith("docs/") && !reached.has(page))).toEqual([]);
});

test("what the packed README leads to is in the package", () => {
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
  const packed = files.filter((entry) => !entry.startsWith("!"));
  const left = files.filter((entry) => entry.startsWith("!")).map((entry) => entry.slice(1));
  const isIn = (path: string, entries: string[]) =>
    entries.some((entry) => path === entry || path.startsWith(`${entry}/`));
  const missing = linksOf("README.md").filter(({ path }) => !isIn(path, packed) || isIn(path, left));
  expect(missing.map(({ path }) => path)).toEqual([]);
});

test("what users read does not lead into what the package leaves out", () => {
  const users = pages.filter((page) => /^docs\/(?!internals\/)/.test(page));
  const outside = users.flatMap((page) =>
    linksOf(page)
      .filter(({ path }) => path.startsWith("docs/internals/"))
      .map(({ path }) => `${page} → ${path}`),
  );
  expect(outside).toEqual([]);
});
