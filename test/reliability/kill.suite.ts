import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { kinds } from "../host/samples.ts";
import { Victims } from "./kill.ts";
import { killedRowsOf, killedTable } from "./kill-rows.ts";

beforeAll(ensureBuilt);

it("nothing is lost or made twice, whichever request of whichever operation the provider process is killed at", async () => {
  const rows = (await Promise.all(kinds.map((kind) => killedRowsOf(new Victims(), kind)))).flat();
  expect(new Set(rows.map(({ operation }) => operation.kind)).size).toBe(kinds.length);
  process.stdout.write(
    `killed provider: ${rows.length} requests of ${kinds.length} kinds, cases: ${rows.length * 2}\n`,
  );
  // After a change that is meant: vitest run --config vitest.engine.config.ts test/reliability -u
  await expect(killedTable(rows)).toMatchFileSnapshot("../../docs/internals/reliability-killed.md");
});
