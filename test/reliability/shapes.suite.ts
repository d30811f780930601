import fc from "fast-check";
import { shapes } from "pulumi-anomify/simulator";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { startHost } from "../host/harness.ts";
import { Runs } from "./driver.ts";
import { play, type Thing, things, type Verdict } from "./shapes.ts";
import { firstContactPage } from "./shapes-page.ts";

beforeAll(ensureBuilt);

/** Faults that are known and wait to be mended: not part of random combinations, and no others may join them. */
const unsafe: readonly string[] = [];

// A longer run: SHAPES_RUNS=1000 SHAPES_SEED=1 npx vitest run --config vitest.engine.config.ts test/reliability/shapes.suite.ts
const runs = Number(process.env.SHAPES_RUNS ?? 250);
const seed = Number(process.env.SHAPES_SEED ?? 20263);

/** Does something for each kind, in two provider processes. */
async function forEachThing<Result>(task: (processes: Runs, thing: Thing, index: number) => Promise<Result>) {
  const processes = [new Runs(await startHost()), new Runs(await startHost())] as const;
  return await Promise.all(things.map((thing, index) => task(processes[index % 2 === 0 ? 0 : 1], thing, index)));
}

it("each difference alone: the main job works, or fails with nothing lost and nothing made twice", async () => {
  const columns = await forEachThing(async (processes, thing) => {
    const verdicts = new Map<string, Verdict>();
    for (const { name } of shapes) verdicts.set(name, await play(processes, thing, { names: [name] }));
    return [thing.kind, verdicts] as const;
  });
  const rows = shapes.map((shape) => ({
    shape,
    verdicts: new Map(columns.map(([kind, column]) => [kind, column.get(shape.name) as Verdict])),
  }));
  for (const { shape, verdicts } of rows) {
    for (const [kind, verdict] of verdicts) {
      if (verdict.outcome === "works") continue;
      process.stdout.write(`${shape.name}, ${kind}: ${verdict.outcome} at ${verdict.step}: ${verdict.message}\n`);
    }
  }
  const bad = rows.filter(({ verdicts }) => [...verdicts.values()].some(({ outcome }) => outcome === "unsafe"));
  expect(bad.map(({ shape }) => shape.name)).toEqual(unsafe);
  const kinds = things.map(({ kind }) => kind);
  await expect(firstContactPage(rows, kinds)).toMatchFileSnapshot("../../docs/internals/first-contact.md");
});

it("five differences at once: never a duplicate, an orphan, a false diff or a lost state", async () => {
  const start = performance.now();
  const allowed = shapes.filter(({ name }) => !unsafe.includes(name));
  const five = fc.uniqueArray(fc.constantFrom(...allowed), {
    selector: ({ group }) => group,
    minLength: 5,
    maxLength: 5,
  });
  const counts = await forEachThing(async (processes, thing, index) => {
    const found = { works: 0, safe: 0 };
    const property = fc.asyncProperty(five, async (combination) => {
      const names = combination.map(({ name }) => name);
      const verdict = await play(processes, thing, { names });
      if (verdict.outcome === "unsafe") {
        throw new Error(`${thing.kind}, ${names.join(" + ")}: at ${verdict.step}: ${verdict.message}`);
      }
      found[verdict.outcome] += 1;
    });
    await fc.assert(property, { seed: seed + index, numRuns: Math.ceil(runs / things.length) });
    return found;
  });
  const works = counts.reduce((sum, found) => sum + found.works, 0);
  const safe = counts.reduce((sum, found) => sum + found.safe, 0);
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`shapes: seed ${seed}, ${works} combinations work, ${safe} are safe, ${seconds} s\n`);
  expect(works + safe).toBeGreaterThanOrEqual(runs);
});
