import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { SCENES } from "../helpers/preview-scenes.ts";
import { differences, recordPreviews } from "../helpers/previews.ts";

test("docs/previews.md shows what the embedded engine prints (else: node scripts/record-previews.ts)", async () => {
  await ensureBuilt();
  const page = readFileSync(new URL("../../docs/previews.md", import.meta.url), "utf8");
  const recorded = await recordPreviews("embedded");
  expect(differences(page, recorded)).toEqual([]);
  expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(SCENES.map(({ title }) => title));
});
