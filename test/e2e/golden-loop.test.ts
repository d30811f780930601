import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { startSimulator } from "pulumi-anomify/simulator";
import type { Result } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { planOf } from "../helpers/exported.ts";
import { batchImport, type Member, prefixOf, writeBatch, writeStart } from "../helpers/golden-batch.ts";
import { changeSomething, populate, randomOrganization, randomTenant } from "../helpers/random-organization.ts";

const ORGANIZATIONS = Number(process.env.GOLDEN_CLI_RUNS ?? 12);
/** That of the embedded engine in `test/engine/golden-loop.test.ts`. */
const seed = Number(process.env.GOLDEN_SEED ?? 832_755_839);
const FORMS = [{}, { singleFile: true }, { as: "component" }] as const;

beforeAll(ensureBuilt);

function succeeded(result: Result): Result {
  expect(result.ok, `${result.stdout}\n${result.stderr}`).toBe(true);
  return result;
}

/** What a preview would do, apart from the parts of a replacement. */
const changes = ({ steps }: Result) =>
  steps
    .filter(({ op }) => !["same", "refresh", "replace", "delete-replaced"].includes(op))
    .map(({ op, name }) => `${op} ${name}`)
    .sort();

test(`golden loop with the Pulumi CLI: ${ORGANIZATIONS} random organizations in one stack (again with GOLDEN_SEED=${seed})`, async () => {
  const models = fc.sample(randomOrganization, { seed, numRuns: ORGANIZATIONS });
  const simulator = await startSimulator({ tenants: models.map((_, index) => randomTenant(1000 + index)) });
  const folder = mkdtempSync(join(tmpdir(), "anomify-golden-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const members: Member[] = [];
  for (const [index, model] of models.entries()) {
    const organization = simulator.organization(`random-${1000 + index}`);
    populate(organization, model);
    members.push({ organization, plan: await planOf(simulator.url, organization, FORMS[index % 3]) });
  }
  writeBatch(folder, simulator.url, members);
  writeStart(folder, members, false);
  const stack = await createCliStack({ directory: folder });
  onTestFinished(() => stack.close());
  succeeded(await stack.up());

  const file = batchImport(members, stack.exportState());
  writeStart(folder, members, true);
  const imported = succeeded(await stack.import(file));
  expect(imported.steps.filter(({ op }) => op === "import")).toHaveLength(file.resources.length);
  succeeded(await stack.preview({ expectNoChanges: true }));
  const state = JSON.stringify(stack.exportState());
  for (const { value } of members.flatMap(({ plan }) => plan.secrets)) expect(state).not.toContain(value);

  const expected = members.flatMap(({ organization, plan }, index) => {
    const { kind, id } = changeSomething(organization, models[index]?.change ?? 0);
    const name = plan.importFile.resources.find((one) => one.id === id && one.type.endsWith(`:${kind}`))?.name;
    // A component has neither settings nor people.
    if (!(kind in plan.counts)) return [];
    return [`${kind === "Exclusion" ? "create-replacement" : "update"} ${prefixOf(index)}${name}`];
  });
  expect(changes(succeeded(await stack.preview({ refresh: true })))).toEqual(expected.sort());
  expect(simulator.journal.writes(), "nothing was written").toEqual([]);
  const objects = file.resources.length;
  process.stdout.write(`golden loop, Pulumi CLI: ${ORGANIZATIONS} organizations, ${objects} resources, seed ${seed}\n`);
});
