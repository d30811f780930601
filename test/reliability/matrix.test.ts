import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startHost } from "../host/harness.ts";
import { Runs } from "./driver.ts";
import { lines, rowsOf } from "./rows.ts";

beforeAll(ensureBuilt);

// The other kinds take minutes: matrix.suite.ts, in test:engine.
it("exclusions: nothing is lost or made twice, and the published table says how each case ends", async () => {
  const found = lines(await rowsOf(new Runs(await startHost()), "Exclusion"));
  const published = readFileSync(new URL("../../docs/reliability-table.md", import.meta.url), "utf8").split("\n");
  expect(published.filter((line) => line.startsWith("| Exclusion "))).toEqual(found);
});
