import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startHost } from "../host/harness.ts";
import { kinds } from "../host/samples.ts";
import { Runs } from "./driver.ts";
import { rowsOf, table } from "./rows.ts";

beforeAll(ensureBuilt);

it("nothing is lost or made twice, whichever request of whichever operation fails in whichever way", async () => {
  const runs = new Runs(await startHost());
  const rows = (await Promise.all(kinds.map((kind) => rowsOf(runs, kind)))).flat();
  expect(new Set(rows.map(({ operation }) => operation.kind)).size).toBe(kinds.length);
  process.stdout.write(`reliability: ${rows.length} requests of ${kinds.length} kinds, ${rows.length * 10} cases\n`);
  // After a change that is meant: vitest run --config vitest.engine.config.ts test/reliability -u
  await expect(table(rows)).toMatchFileSnapshot("../../docs/internals/reliability-table.md");
});
