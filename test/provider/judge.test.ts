import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { judgeInventory } from "../../cli/export/judge.ts";
import { readInventory } from "../../provider/inventory.ts";
import { connectTo } from "../helpers/exported.ts";

test("a look-up that does not come to an end refuses nothing", async () => {
  const simulator = await startSimulator({ tenants: ["acme"] });
  onTestFinished(() => simulator.stop());
  const org = connectTo(simulator.url, simulator.organization("acme"));
  const inventory = await readInventory(org);
  const failing = { times: Number.POSITIVE_INFINITY, do: { kind: "status", status: 404 } } as const;
  for (const on of ["listChips", "listMetrics", "testExclusion"]) simulator.faults.add({ on, ...failing });
  const { objects } = await judgeInventory(inventory, org);
  const found = objects.flatMap(({ kind, findings }) => findings.map(({ severity }) => `${kind} ${severity}`));
  expect(found.filter((one) => one.endsWith("unchecked")).length).toBeGreaterThan(0);
  expect(found.filter((one) => one.endsWith("refused"))).toEqual([]);
  const texts = objects.flatMap(({ findings }) => findings.map(({ text }) => text));
  expect(texts.find((text) => text.startsWith("Not checked"))).toMatch(/since a look-up failed: .*\. Run it again\.$/s);
});
