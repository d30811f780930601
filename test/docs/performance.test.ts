import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withTables } from "../../bench/table.ts";
import type { Results } from "../../bench/types.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the tables of performance.md are those of the recorded results", () => {
  const page = read("docs/internals/performance.md");
  const results = JSON.parse(read("bench/results/latest.json")) as Results;
  expect(results.rows.length).toBeGreaterThan(0);
  expect(withTables(page, results), "run: node bench/table.ts").toBe(page);
});

test("the results say nothing of the machine but its kind", () => {
  expect(read("bench/results/latest.json")).not.toMatch(/\/(tmp|home|root|work|Users)\b|127\.0\.0\.1|localhost/);
});
