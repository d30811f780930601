import { expect, it } from "vitest";
import { kinds } from "../host/samples.ts";
import { startPluginProcess } from "../plugin/harness.ts";
import { PluginRuns } from "../plugin/runs.ts";
import { rowsOf, table } from "./rows.ts";

// One organization a plugin, so that the kinds, which are played side by side, have a process each.
it("a failed request leads to the same with the native plugin as with a dynamic provider", async () => {
  const rowsOfKind = async (kind: string) => await rowsOf(new PluginRuns(await startPluginProcess()), kind);
  const rows = (await Promise.all(kinds.map(rowsOfKind))).flat();
  process.stdout.write(`reliability of the plugin: ${rows.length} requests, ${rows.length * 10} cases\n`);
  await expect(table(rows)).toMatchFileSnapshot("../../docs/internals/reliability-table.md");
});
