import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type SimulatedOrganization, startSimulator } from "pulumi-anomify/simulator";
import type { ImportFile, PropertyMap, Result, Stack, StepEvent } from "pulumi-anomify/testing";
import { expect } from "vitest";
import { findDrift } from "../../cli/drift/run.ts";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import { parseState } from "../../provider/stack/read-state.ts";
import type { CreateStack } from "./examples.ts";
import { type KindInRound, roundKinds } from "./round-kinds.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const PROGRAM = `
const anomify = require("pulumi-anomify");
for (const { kind, inputs } of require("./resources.json")) new anomify[kind](kind, inputs);
`;

/**
 * The round that each kind must pass, for all kinds at once: up → no changes → changed by hand → refresh → up → deleted by
 * hand → up with a refresh → taken over by another stack → no changes → destroy.
 */
export async function roundOfAllKinds(create: CreateStack): Promise<void> {
  const simulator = await startSimulator();
  const acme = simulator.organization("acme");
  const kinds = roundKinds();
  const directory = writeProgram(kinds);
  const open = () =>
    create({ directory, config: { "anomify:endpoint": simulator.url }, secrets: { "anomify:token": acme.token } });
  const stack = await open();
  const adopting = await open();
  try {
    const before = snapshot(acme);
    const drifted = () => driftOf(stack, simulator.url, acme.token);
    await upAndNothingMore(stack, acme, kinds);
    expect(await drifted(), "anomify drift after up").toEqual({ drift: {}, gone: [] });
    await changedByHand(stack, acme, kinds, drifted);
    await deletedByHand(stack, acme, kinds, drifted);
    await takenOver(stack, adopting, kinds);
    succeeded(await adopting.destroy());
    expect(snapshot(acme), "the organization after the round").toEqual(before);
  } finally {
    await stack.close();
    await adopting.close();
    await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function writeProgram(kinds: readonly KindInRound[]): string {
  const directory = mkdtempSync(join(tmpdir(), "anomify-round-"));
  writeFileSync(join(directory, "Pulumi.yaml"), "name: round\nruntime: nodejs\n");
  writeFileSync(join(directory, "package.json"), JSON.stringify({ name: "round", private: true, main: "index.js" }));
  writeFileSync(join(directory, "index.js"), PROGRAM);
  writeFileSync(join(directory, "resources.json"), JSON.stringify(kinds.map(({ kind, inputs }) => ({ kind, inputs }))));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
  return directory;
}

async function upAndNothingMore(stack: Stack, acme: SimulatedOrganization, kinds: readonly KindInRound[]) {
  const up = succeeded(await stack.up());
  expect(effects(up)).toEqual(perKind(kinds, () => ["create"]));
  asWanted(acme, kinds);
  await nothingToDo(stack);
}

async function changedByHand(
  stack: Stack,
  acme: SimulatedOrganization,
  kinds: readonly KindInRound[],
  drifted: () => Promise<unknown>,
) {
  for (const { edit } of kinds) acme.edit(edit);
  const properties = perKind(kinds, ({ drift }) => Object.keys(drift).sort());
  expect(await drifted(), "anomify drift after the changes").toEqual({ drift: properties, gone: [] });
  const refresh = succeeded(await stack.refresh());
  const seen = perKind(kinds, ({ kind }) => refresh.steps.filter(({ name }) => name === kind).map(drift));
  expect(seen, "what the refresh shows").toEqual(perKind(kinds, (one) => [one.drift]));

  const ids = idsOf(stack);
  const up = succeeded(await stack.up());
  const ways = { update: ["update"], replace: ["create-replacement", "delete-replaced", "replace"] };
  expect(effects(up)).toEqual(perKind(kinds, ({ repair }) => ways[repair]));
  asWanted(acme, kinds);
  for (const { kind, repair } of kinds) {
    expect(idsOf(stack)[kind] === ids[kind], `${kind} keeps its id`).toBe(repair === "update");
  }
}

async function deletedByHand(
  stack: Stack,
  acme: SimulatedOrganization,
  kinds: readonly KindInRound[],
  drifted: () => Promise<unknown>,
) {
  const ids = idsOf(stack);
  const lost = kinds.filter(({ lose }) => lose !== undefined);
  for (const { lose } of lost) if (lose) acme.edit(lose);
  expect(lost.map(({ live }) => live(acme))).toEqual(lost.map(() => undefined));

  const gone = lost.map(({ kind }) => kind).sort();
  expect(await drifted(), "anomify drift after the deletions").toEqual({ drift: {}, gone });

  const refused = await stack.up({ refresh: true });
  expect(refused.ok).toBe(false);
  const said = refused.diagnostics.map(({ message }) => message).join("\n");
  for (const { kind, refusal } of kinds) if (refusal) expect(said, kind).toMatch(refusal);
  for (const { bringBack } of lost) if (bringBack) acme.edit(bringBack);
  succeeded(await stack.up({ refresh: true }));

  asWanted(acme, kinds);
  for (const { kind, lose, bringBack } of kinds) {
    expect(idsOf(stack)[kind] === ids[kind], `${kind} keeps its id`).toBe(!lose || bringBack !== undefined);
  }
  await nothingToDo(stack);
}

/** What `anomify drift` finds from the exported state: the properties that differ by kind, and the kinds that are gone. */
async function driftOf(stack: Stack, endpoint: string, token: string): Promise<object> {
  const settings = readSettings(() => undefined, { ANOMIFY_ENDPOINT: endpoint, ANOMIFY_TOKEN: token });
  const organization = connect(settings, new AbortController().signal, () => undefined);
  const state = parseState(JSON.stringify(stack.exportState()), "state");
  const report = await findDrift({ organization, endpoint }, state, { withAdopted: false, failOn: [] });
  const changes = report.drift.map(({ kind, changes }) => [kind, changes.map(({ property }) => property).sort()]);
  return { drift: Object.fromEntries(changes), gone: report.gone.map(({ kind }) => kind).sort() };
}

/** Another stack takes the objects over by an import file; the first one is not asked again. */
async function takenOver(stack: Stack, adopting: Stack, kinds: readonly KindInRound[]) {
  const imported = succeeded(await adopting.import(importFile(stack)));
  expect(effects(imported)).toEqual(perKind(kinds, () => ["import"]));
  await nothingToDo(adopting);
}

function importFile(stack: Stack): ImportFile {
  const resources = stateOf(stack).map(({ type, name, id, inputs, outputs }) => ({ type, name, id, inputs, outputs }));
  return { resources };
}

async function nothingToDo(stack: Stack): Promise<void> {
  const preview = succeeded(await stack.preview({ expectNoChanges: true }));
  expect(effects(preview), "the preview").toEqual({});
}

function asWanted(acme: SimulatedOrganization, kinds: readonly KindInRound[]): void {
  for (const { kind, live, wanted } of kinds) expect(live(acme), kind).toMatchObject(wanted);
}

function perKind<Value>(kinds: readonly KindInRound[], value: (one: KindInRound) => Value): Record<string, Value> {
  return Object.fromEntries(kinds.map((one) => [one.kind, value(one)]));
}

/** What an operation did to each resource that it did anything to, in alphabetical order. */
function effects({ steps }: Result): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { op, name, type } of steps) {
    if (!type.startsWith("pulumi-nodejs:dynamic/") || op === "same" || op === "refresh") continue;
    found[name] = [...(found[name] ?? []), op].sort();
  }
  return found;
}

/** The outputs that a refresh changed, with their new values. */
function drift({ old, new: now }: StepEvent): PropertyMap {
  const changed = Object.entries(now?.outputs ?? {}).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(old?.outputs[key]),
  );
  const vanished = Object.keys(old?.outputs ?? {}).filter((key) => now?.outputs[key] === undefined);
  return Object.fromEntries([...changed, ...vanished.map((key): [string, unknown] => [key, undefined])]);
}

function stateOf(stack: Stack) {
  const { resources = [] } = stack.exportState({ showSecrets: true }).deployment;
  return resources
    .filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"))
    .map(({ urn, type, id = "", inputs, outputs }) => ({
      type,
      id,
      name: urn.slice(urn.lastIndexOf("::") + 2),
      // Secrets stay marked, so that the engine encrypts them as it takes them over.
      inputs: inputs ?? {},
      outputs: outputs ?? {},
    }));
}

const idsOf = (stack: Stack): Record<string, string> =>
  Object.fromEntries(stateOf(stack).map(({ name, id }) => [name, id]));

/** The organization, without what is only repeated in it and without the person whom the round adopts and releases. */
function snapshot(acme: SimulatedOrganization): unknown {
  const whole = {
    settings: acme.settings(),
    adminAlerts: acme.adminAlerts(),
    exclusions: acme.exclusions(),
    watchers: acme.watchers().filter(({ deleted }) => !deleted),
    users: acme.users().filter(({ email }) => email !== "sam@acme.example"),
  };
  const repeated = ["user", "created_user", "org"];
  return JSON.parse(JSON.stringify(whole, (key, value) => (repeated.includes(key) ? undefined : value)));
}

function succeeded(result: Result): Result {
  const said = result.diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
  expect(result.ok, [`${result.kind} failed`, ...said, result.stderr].join("\n")).toBe(true);
  return result;
}
