import type { Result, Stack } from "pulumi-anomify/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { quickScenario, scenario, scenarios } from "../engine/scenario.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { FakeCloud } from "../helpers/fake-cloud.ts";

type Action = (context: { stack: Stack; cloud: FakeCloud }) => Promise<Result | undefined> | undefined;

const up =
  (program: string, options: Parameters<Stack["up"]>[0] = {}): Action =>
  ({ stack, cloud }) => {
    cloud.program = program;
    return stack.up(options);
  };
const preview =
  (program: string, options: Parameters<Stack["preview"]>[0] = {}): Action =>
  ({ stack, cloud }) => {
    cloud.program = program;
    return stack.preview(options);
  };
const refresh: Action = ({ stack }) => stack.refresh();
const destroy: Action = ({ stack }) => stack.destroy();
const fail =
  (...fault: Parameters<FakeCloud["fail"]>): Action =>
  ({ cloud }) =>
    void cloud.fail(...fault);
const drift =
  (name: string, inputs: Record<string, unknown>): Action =>
  ({ cloud }) => {
    const thing = cloud.named(name);
    if (thing) thing.inputs = { ...thing.inputs, ...inputs };
    return undefined;
  };
const lose =
  (name: string): Action =>
  ({ cloud }) =>
    void cloud.things.delete(cloud.named(name)?.id ?? "");
const exists =
  (id: string): Action =>
  ({ cloud }) =>
    void cloud.things.set(id, { id, serial: 7, echo: "", inputs: { name: "theirs", color: "red" } });

const importFile: Action = ({ stack, cloud }) => {
  const text = 'exports.handler=()=>require(process.cwd()+"/provider.js").Thing';
  const inputs = { name: "only", size: 1, __provider: text };
  cloud.things.set("thing-9", { id: "thing-9", serial: 9, echo: "", inputs: { name: "only", size: 1 } });
  const outputs = { ...inputs, serial: 9, token: "", echo: "" };
  return stack.import({
    resources: [{ type: "pulumi-nodejs:dynamic/fake:Thing", name: "only", id: "thing-9", inputs, outputs }],
  });
};

const sequences: Record<string, Action[]> = {
  "the round of a resource": [
    preview("pair"),
    up("pair"),
    preview("pair"),
    preview("pairBlue"),
    up("pairBlue"),
    up("empty"),
    destroy,
  ],
  "replacement, new object first": [up("pair"), preview("pairMoved"), up("pairMoved"), destroy],
  "replacement, old object first": [up("pair"), preview("pairSlot"), up("pairSlot"), up("pairMovedFirst")],
  "replacement of a chain": [up("chain"), preview("chainMoved"), up("chainMoved"), destroy],
  "a failed delete after a replacement": [up("pair"), fail("DELETE", "first"), up("pairMoved"), up("pairMoved")],
  "a failed create after the old object is gone": [up("pair"), fail("POST", "first"), up("pairSlot"), up("pairSlot")],
  "a replacement that is not wanted any more": [up("pair"), fail("POST", "first"), up("pairSlot"), up("empty")],
  replaceOnChanges: [
    up("replaceable"),
    up("replaceableBlue"),
    up("replaceableBigger"),
    up("single"),
    up("replaceOnChangesKnown"),
  ],
  protect: [
    up("pairProtected"),
    up("empty"),
    preview("pairProtectedMoved"),
    up("pairProtectedMoved"),
    destroy,
    up("pair"),
    destroy,
  ],
  retainOnDelete: [up("pairRetained"), up("empty")],
  "dependencies and components": [
    preview("family"),
    up("family"),
    up("family"),
    fail("DELETE", "using"),
    destroy,
    destroy,
  ],
  aliases: [up("family"), preview("familyRenamed"), up("familyRenamed"), up("familyRenamed")],
  ignoreChanges: [up("tags"), up("tagsIgnored")],
  "check failures": [preview("negative"), up("negative"), up("badPassword")],
  "mistakes of a provider": [up("returnsUnknown"), up("noId")],
  "independent failures": [up("independent"), fail("PUT", "middle"), up("independentBlue"), up("independentBlue")],
  "the first failure ends it": [fail("POST", "first"), up("pair", { continueOnError: false }), up("pair")],
  "partial failures": [
    fail("POST", "only", { partial: true }),
    up("single"),
    up("single"),
    fail("PUT", "only", { partial: true }),
    up("tags"),
    up("tags"),
    fail("GET", "only", { partial: true }),
    refresh,
    up("tags"),
  ],
  refresh: [up("pair"), drift("first", { color: "pink" }), refresh, up("pair"), lose("first"), refresh, up("pair")],
  "refresh as part of up": [
    up("pair"),
    drift("first", { color: "pink" }),
    lose("second"),
    up("pair", { refresh: true }),
  ],
  "a refresh that fails": [up("pair"), drift("second", { note: "x" }), fail("GET", "first"), refresh],
  get: [exists("thing-1"), preview("get"), up("get"), up("get"), up("getAsOwn"), up("empty")],
  "get of nothing": [up("get")],
  "get by an unknown id": [preview("getUnknown"), up("getUnknown")],
  "explicit providers": [preview("providers"), up("providers"), up("providers"), up("providersChanged"), destroy],
  "a provider that is unknown in previews": [
    preview("providerFromOutput"),
    up("providerFromOutput"),
    up("providerFromOutput"),
  ],
  secrets: [up("secret"), up("secret"), refresh, up("secretInTags"), up("outputs"), up("outputsFewer")],
  import: [importFile, preview("single"), up("single"), importFile],
  transforms: [preview("transforms"), up("transforms"), preview("transforms"), up("pair")],
  "a transform that fails": [up("pair"), up("transformFails")],
  "an invoke transform": [up("invokeTransform")],
  hooks: [preview("hooks"), up("hooks"), up("hooksBlue"), up("hooksMoved"), up("hooksGone")],
  "a hook that refuses": [up("hookRefuses"), up("hooks"), up("hookRefuses"), up("empty"), destroy],
  "a crash": [up("independent"), up("crash"), up("independent")],
};

/** What both engines must agree on. Steps that run at the same time may finish in any order. */
function outcome(result: Result) {
  // The CLI says what a refresh amounts to only when that is all it does.
  const reported = result.kind === "refresh";
  const steps = result.steps.map(({ op, name, status, resultOp }) =>
    [op, name, status, (reported && resultOp) || ""].join(" ").trim(),
  );
  const { ok, changes, outputs } = result;
  // The CLI shows the output of a failed program a second time.
  const hooks = [...new Set(result.stdout.match(/hook (before|after)-\w+: .*/g))];
  return { ok, steps: steps.sort(), changes, outputs, hooks, replaced: reasons(result) };
}

/**
 * The real engine collects these in Go maps and sets (applyReplaceOnChanges, RegisterResource), whose order differs from
 * run to run: they are compared as sets.
 */
const asSet = (items: unknown): string[] => [...((items ?? []) as string[])].sort();

const reasons = ({ steps }: Result) =>
  steps
    .filter(({ op }) => op === "replace")
    .map((step) => `${step.name}: ${asSet(step.reasons).join()}`)
    .sort();

/** Names instead of ids and addresses that differ from run to run. */
function normalized(stack: Stack, cloud: FakeCloud): unknown[] {
  const text = JSON.stringify(stack.exportState({ showSecrets: true }).deployment.resources ?? []);
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const resources = JSON.parse(text.replace(uuid, "<id>").replaceAll(cloud.endpoint, "<endpoint>")) as Record<
    string,
    unknown
  >[];
  const ignored = new Set([
    "created",
    "modified",
    "sourcePosition",
    "stackTrace",
    "ignoreChanges",
    "replaceOnChanges",
    "customTimeouts",
    "importID",
  ]);
  const known = resources.map((state) =>
    Object.fromEntries(Object.entries(state).filter(([key]) => !ignored.has(key))),
  );
  for (const state of known) settleDependencies(state);
  return known.sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)));
}

/** Dependencies as sets. The CLI lists properties without dependencies too, except after a refresh. */
function settleDependencies(state: Record<string, unknown>): void {
  if (state.dependencies) state.dependencies = asSet(state.dependencies);
  const all = Object.entries((state.propertyDependencies ?? {}) as Record<string, string[]>);
  const filled = all.filter(([, urns]) => urns.length > 0).map(([key, urns]) => [key, asSet(urns)]);
  delete state.propertyDependencies;
  if (filled.length > 0) state.propertyDependencies = Object.fromEntries(filled);
}

/** Where it matters that programs are processes: how they end, and how secrets come into them. The others run in this process. */
const asProcesses = new Set([
  "a crash",
  "check failures",
  "independent failures",
  "secrets",
  "hooks",
  "a hook that refuses",
  "a transform that fails",
]);

async function run(name: string, actions: Action[], open?: typeof createCliStack) {
  const begin = asProcesses.has(name) ? scenario : quickScenario;
  const { stack, cloud } = await begin({ secrets: { "fake:token": "t0ken" } }, open);
  cloud.idsByName = true;
  const outcomes: unknown[] = [];
  for (const action of actions) {
    const result = await action({ stack, cloud });
    if (result)
      outcomes.push({ ...outcome(result), state: normalized(stack, cloud), things: [...cloud.things.keys()].sort() });
  }
  return { outcomes, writes: cloud.writes().sort() };
}

describe("both engines do the same", () => {
  for (const [name, actions] of Object.entries(sequences)) {
    test(name, async () => {
      expect(await run(name, actions)).toEqual(await run(name, actions, createCliStack));
    });
  }

  test("the state that these tests read from the CLI's file is the one that it exports", async () => {
    const cloud = await FakeCloud.start();
    onTestFinished(() => cloud.close());
    const stack = await createCliStack({ directory: scenarios, config: { "fake:endpoint": cloud.endpoint } });
    onTestFinished(() => stack.close());
    cloud.program = "secret";
    expect(await stack.up()).toMatchObject({ ok: true });
    const read = stack.exportState({ showSecrets: true });
    expect(JSON.stringify(read)).toContain("hunter2");
    expect(JSON.stringify(stack.exportState())).not.toContain("hunter2");
    expect(read).toEqual(stack.exportByCli());
  });
});
