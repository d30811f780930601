import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import type { ImportFile, OperationOptions, Result, Stack, StackOptions } from "pulumi-anomify/testing";
import { expect, onTestFinished } from "vitest";
import { parse } from "yaml";
import { parseMapping } from "../../cli/compare/mapping.ts";
import { compareOrganizations } from "../../cli/diff/organizations.ts";
import { isPortable } from "../../cli/export/component.ts";
import { type LiveObject, readInventory } from "../../provider/inventory.ts";
import { connectTo, planOf } from "./exported.ts";

/** The example. */
export const directory = fileURLToPath(new URL("../../examples/reproduce/", import.meta.url));
/** What `anomify diff` is reported. */
const MAPPING = "acme-to-globex.json";
const PROJECT = "anomify-acme-shop";

/** Settings file of a stack of the example. */
export const settingsOf = (stack: string): string => `${directory}Pulumi.${stack}.yaml`;

/** Config of a stack of the example; what is not text is JSON, as Pulumi passes it to programs. */
export function configOf(stack: string): Record<string, string> {
  const { config } = parse(readFileSync(settingsOf(stack), "utf8")) as { config: Record<string, unknown> };
  const entries = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(entries);
}

/** An object of acme with what is meant to be otherwise in globex, besides names. */
function otherwise({ inputs, ...object }: LiveObject): LiveObject {
  const threshold = inputs.threshold as Readonly<Record<string, unknown>> | undefined;
  if (threshold !== undefined) return { ...object, inputs: { ...inputs, threshold: { ...threshold, value: 900 } } };
  return { ...object, inputs: object.kind === "Watcher" ? { ...inputs, msTeamsWebhook: null } : inputs };
}

function succeeded(result: Result): Result {
  expect(
    result.ok,
    [result.stdout, result.stderr, ...result.diagnostics.map(({ message }) => message)].join("\n"),
  ).toBe(true);
  return result;
}

const changed = ({ steps }: Result) =>
  steps
    .filter(({ op, resultOp }) => !["same", "read"].includes(op) && !(op === "refresh" && resultOp === "same"))
    .map(({ op, name }) => `${op} ${name}`);

/** Makes a stack of the example that begins with its committed settings. */
export type CreateStackOf = (stack: string, options: StackOptions) => Promise<Stack>;

interface Round {
  readonly simulator: Simulator;
  readonly acme: Stack;
  readonly globex: Stack;
}

async function begin(create: CreateStackOf): Promise<Round> {
  const simulator = await startSimulator({ tenants: ["acme", "globex"] });
  onTestFinished(() => simulator.stop());
  const made = async (stack: string, secrets: Readonly<Record<string, string>>) => {
    const token = simulator.organization(stack).token;
    const options: StackOptions = {
      directory,
      stack,
      config: { "anomify:endpoint": simulator.url },
      secrets: { "anomify:token": token, ...secrets },
      // `npm run check:examples` has checked the types already.
      env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    };
    const created = await create(stack, options);
    onTestFinished(() => created.close());
    return created;
  };
  const acme = await made("acme", {
    [`${PROJECT}:checkoutLatencyMsTeamsWebhook`]: "https://example.com/teams-webhook/acme",
  });
  return { simulator, acme, globex: await made("globex", {}) };
}

/** What the program can make in an organization. */
async function portable(simulator: Simulator, tenant: string): Promise<LiveObject[]> {
  const { objects } = await readInventory(connectTo(simulator.url, simulator.organization(tenant)));
  return objects.filter(({ kind }) => isPortable(kind));
}

/**
 * Takes acme over, makes globex like it, and lets both go again.
 *
 * @param program how the program runs
 */
export async function reproduce(create: CreateStackOf, program: OperationOptions["program"] = "child"): Promise<void> {
  const { simulator, acme, globex } = await begin(create);
  const own = await portable(simulator, "globex");
  const plan = await planOf(simulator.url, simulator.organization("acme"), { as: "component" });
  const file = structuredClone(plan.importFile) as unknown as ImportFile;
  succeeded(await acme.import(file));
  expect(changed(succeeded(await acme.up({ program, expectNoChanges: true })))).toEqual([]);
  expect(simulator.journal.writes(), "acme is as it was").toEqual([]);

  succeeded(await globex.up({ program }));
  for (const stack of [acme, globex]) {
    expect(changed(succeeded(await stack.preview({ program, expectNoChanges: true })))).toEqual([]);
    expect(changed(succeeded(await stack.refresh()))).toEqual([]);
  }
  const names = parseMapping(readFileSync(`${directory}${MAPPING}`, "utf8"), MAPPING);
  const theirs = (await portable(simulator, "acme")).map(otherwise);
  const { onlyB, ...difference } = compareOrganizations(theirs, await portable(simulator, "globex"), names);
  expect(difference).toEqual({ onlyA: [], changed: [], notCompared: [] });
  expect(onlyB.map(({ id }) => id).sort(), "globex keeps its own").toEqual(idsOf(own));

  for (const stack of [globex, acme]) succeeded(await stack.destroy());
  expect(idsOf(await portable(simulator, "globex"))).toEqual(idsOf(own));
  expect(idsOf(await portable(simulator, "acme")), "what the program has is gone").toEqual([]);
}

/** Without admin alerts, which every organization has. */
const idsOf = (objects: readonly LiveObject[]) =>
  objects
    .filter(({ kind }) => kind !== "AdminAlert")
    .map(({ id }) => id)
    .sort();
