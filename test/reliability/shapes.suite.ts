import { shapes } from "pulumi-anomify/simulator";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startHost } from "../host/harness.ts";
import { Runs } from "./driver.ts";
import { play, things, type Verdict } from "./shapes.ts";

beforeAll(ensureBuilt);

it("each difference alone", async () => {
  const runs = new Runs(await startHost());
  const start = Date.now();
  const columns = await Promise.all(
    things.map(async (thing) => {
      const verdicts = new Map<string, Verdict>();
      for (const { name } of shapes) verdicts.set(name, await play(runs, thing, [name]));
      return verdicts;
    }),
  );
  for (const { name } of shapes) {
    const cells = columns.map((column) => column.get(name) as Verdict);
    process.stdout.write(`${name}: ${cells.map(({ outcome }) => outcome).join(" ")}\n`);
    for (const [at, cell] of cells.entries())
      if (cell.outcome !== "works")
        process.stdout.write(
          `    ${things[at]?.kind} ${cell.outcome} at ${cell.step}: ${cell.message.slice(0, 300).replaceAll("\n", " ")}\n`,
        );
  }
  process.stdout.write(`took ${Date.now() - start}\n`);
  expect(columns.length).toBe(6);
});
