import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stepsOf } from "../helpers/page-steps.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the preview in README is a recorded one", () => {
  const shown = stepsOf(read("README.md")).filter(({ language }) => language === "text");
  expect(shown).toHaveLength(1);
  for (const { text } of shown) expect(read("docs/previews.md")).toContain(text.trim());
});

test("no page writes a token into a command", () => {
  const pages = [
    "README.md",
    "docs/get-started.md",
    "docs/rotate-token.md",
    "docs/troubleshooting.md",
    "docs/adopt.md",
  ];
  const written = pages.flatMap((page) =>
    Array.from(read(page).matchAll(/config set --secret anomify:\w+ +(?!#)[^\s`]+/g), ([text]) => `${page}: ${text}`),
  );
  expect(written).toEqual([]);
});
