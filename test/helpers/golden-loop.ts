import fc from "fast-check";
import { startSimulator } from "pulumi-anomify/simulator";
import type { Result, Stack, StackOptions, StepEvent } from "pulumi-anomify/testing";
import { expect } from "vitest";
import { planOf } from "./exported.ts";
import { batchImport, batchProgram, type Member, prefixOf } from "./golden-batch.ts";
import {
  changeSomething,
  populate,
  type RandomOrganization,
  randomOrganization,
  randomTenant,
} from "./random-organization.ts";

const FORMS = [{}, { singleFile: true }, { as: "component" }] as const;

interface GoldenOptions {
  readonly create: (options: StackOptions) => Promise<Stack>;
  readonly seed: number;
  readonly organizations: number;
  /** How many organizations share a stack; each of them has a provider process of its own in each operation. */
  readonly batch: number;
}

/**
 * Random organizations, several in one stack: exported, imported, a preview without changes, a change of one thing in each, and a
 * preview of exactly these. When a stack fails, each of its organizations is tried alone, and fast-check shrinks the culprit.
 */
export async function goldenLoop({ create, seed, organizations, batch }: GoldenOptions): Promise<void> {
  const models = fc.sample(randomOrganization, { seed, numRuns: organizations });
  for (let first = 0; first < models.length; first += batch) {
    const some = models.slice(first, first + batch);
    try {
      await loop(create, some);
    } catch (error) {
      for (const place of some.keys()) await alone(create, seed, first + place);
      throw error;
    }
  }
}

/** @throws what is wrong with one organization, as small as it can be made */
async function alone(create: GoldenOptions["create"], seed: number, place: number): Promise<void> {
  const property = fc.asyncProperty(randomOrganization, (model) => loop(create, [model]));
  await fc.assert(property, { seed, path: String(place), numRuns: 1, interruptAfterTimeLimit: 120_000 });
}

async function loop(create: GoldenOptions["create"], models: readonly RandomOrganization[]): Promise<void> {
  const simulator = await startSimulator({ tenants: models.map((_, index) => randomTenant(1000 + index)) });
  const directory = `${import.meta.dirname}/../../examples/quickstart`;
  const stack = await create({ directory, project: "batch" });
  try {
    const members: Member[] = [];
    for (const [index, model] of models.entries()) {
      const organization = simulator.organization(`random-${1000 + index}`);
      populate(organization, model);
      members.push({ organization, plan: await planOf(simulator.url, organization, FORMS[model.change % 3]) });
    }
    await takenOver(stack, simulator.url, members);
    const program = batchProgram(simulator.url, members, true);
    const expected = members.flatMap((member, index) => changeOf(member, index, models[index]?.change ?? 0));
    const preview = succeeded(await stack.preview({ program, refresh: true }));
    expect(
      preview.steps
        .filter(isChange)
        .map(({ op, name }) => `${op} ${name}`)
        .sort(),
    ).toEqual(expected.map(({ op, name }) => `${op} ${name}`).sort());
    for (const { name, properties } of expected) {
      const changed = differing(preview.steps.find((step) => step.name === name && isChange(step)));
      expect(properties, `changed inputs of ${name}`).toEqual(expect.arrayContaining(changed));
    }
    expect(simulator.journal.writes(), "nothing was written").toEqual([]);
  } finally {
    await stack.close();
    await simulator.stop();
  }
}

/** Imports all of them; after it the program has nothing to do, and no secret is in clear. */
async function takenOver(stack: Stack, url: string, members: readonly Member[]): Promise<void> {
  succeeded(await stack.up({ program: batchProgram(url, members, false) }));
  const file = batchImport(members, stack.exportState());
  const imported = succeeded(await stack.import(file));
  expect(imported.steps.filter(({ op }) => op === "import")).toHaveLength(file.resources.length);
  const preview = await stack.preview({ program: batchProgram(url, members, true), expectNoChanges: true });
  expect(
    succeeded(preview)
      .steps.filter(isChange)
      .map(({ op, name }) => `${op} ${name}`),
  ).toEqual([]);
  const state = JSON.stringify(stack.exportState());
  for (const { value } of members.flatMap(({ plan }) => plan.secrets)) expect(state).not.toContain(value);
}

/** Changes one thing live; what a preview has to show for it. */
function changeOf({ organization, plan }: Member, index: number, choice: number) {
  const { kind, id, properties } = changeSomething(organization, choice);
  const name = plan.importFile.resources.find((one) => one.id === id && one.type.endsWith(`:${kind}`))?.name;
  // A component has neither settings nor people.
  if (!(kind in plan.counts)) return [];
  const op = kind === "Exclusion" ? "create-replacement" : "update";
  return [{ op, name: `${prefixOf(index)}${name}`, properties }];
}

/** Apart from the parts of a replacement. */
const isChange = ({ op }: StepEvent) => !["same", "refresh", "replace", "delete-replaced", "read"].includes(op);

/** The inputs that the program has otherwise than the organization. */
function differing(step: StepEvent | undefined): string[] {
  const [before, after] = [step?.old?.inputs ?? {}, step?.new?.inputs ?? {}];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  // What an exclusion leaves out is reported along with the inputs, and follows from them.
  return keys.filter((key) => key !== "effect" && JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

function succeeded(result: Result): Result {
  const said = result.diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
  expect(result.ok, [`${result.kind} failed`, ...said, result.stderr].join("\n")).toBe(true);
  return result;
}
