import { expect, it } from "vitest";
import { kinds } from "../host/samples.ts";
import { startPluginProcess } from "../plugin/harness.ts";
import { PluginRuns } from "../plugin/runs.ts";
import { Victims } from "./kill.ts";
import { killedRowsOf, killedTable } from "./kill-rows.ts";

it("a killed plugin leads to the same as a killed dynamic provider", async () => {
  const start = async () => {
    const process = await startPluginProcess();
    return { process, runs: new PluginRuns(process, "it") };
  };
  const rows = (await Promise.all(kinds.map((kind) => killedRowsOf(new Victims(start), kind)))).flat();
  process.stdout.write(`killed plugin: ${rows.length} requests, cases: ${rows.length * 2}\n`);
  await expect(killedTable(rows)).toMatchFileSnapshot("../../docs/internals/reliability-killed.md");
});
