import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { createStack, type Result, type Stack } from "pulumi-anomify/testing";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let simulator: Simulator;
let directory = "";
let stack: Stack;

const watcher = (args: string, options = "{}", name = "w") =>
  `new anomify.Watcher("${name}", { name: "Options", chips: ["cpu"], ...{ ${args} } }, ${options});`;
const write = (code: string) =>
  writeFileSync(join(directory, "index.ts"), `import * as anomify from "pulumi-anomify";\n${code}\n`);
const mine = () =>
  simulator
    .organization("acme")
    .watchers()
    .filter(({ name }) => name === "Options");
const up = async (code: string) => {
  write(code);
  return await stack.up();
};

/** What was said of resources in events of the engine: their names, and the effects. */
const effectsOf = ({ diagnostics }: Result) =>
  diagnostics
    .filter(({ severity, urn }) => severity === "info" && urn !== undefined)
    .map(({ urn, message }) => `${urn?.split("::").at(-1)}: ${message}`);

beforeAll(ensureBuilt);

describe.each([
  { engine: "embedded", create: createStack },
  { engine: "pulumi", create: createCliStack },
])("resource options, with the engine: $engine", ({ create }) => {
  beforeEach(async () => {
    simulator = await startSimulator();
    directory = mkdtempSync(join(tmpdir(), "anomify-options-"));
    cpSync(join(root, "examples/quickstart"), directory, { recursive: true });
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
    const token = simulator.organization("acme").token;
    const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    stack = await create({
      directory,
      config: { "anomify:endpoint": simulator.url },
      secrets: { "anomify:token": token },
      env,
    });
  });
  afterEach(async () => {
    await stack.close();
    await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it("ignoreChanges keeps a property, an alias renames in place, replaceOnChanges has no effect", async () => {
    const created = await up(watcher('expiration: "1h"'));
    expect(created.ok).toBe(true);
    expect(effectsOf(created)).toEqual(["w: matches 59 metrics, such as k8s.eu.data.api.cpu, k8s.eu.data.cache.cpu"]);
    const ignored = await up(watcher('expiration: "2h"', '{ ignoreChanges: ["expiration"] }'));
    expect(ignored.ok).toBe(true);
    expect(mine().map((live) => live.expiration_seconds)).toEqual([3600]);

    const narrowed = 'chips: ["cpu", "web1"], expiration: "1h"';
    const renamed = await up(watcher(narrowed, '{ aliases: [{ name: "w" }] }', "renamed"));
    expect(renamed.ok).toBe(true);
    expect(effectsOf(renamed)).toEqual([
      expect.stringMatching(/^renamed: 59 → \d+ metrics; no longer \d+, such as k8s/),
    ]);
    expect(mine()).toHaveLength(1);

    const replaced = await up(watcher('expiration: "3h"', '{ replaceOnChanges: ["expiration"] }', "renamed"));
    expect(replaced.ok).toBe(true);
    // The host of dynamic providers gives the engine no changed keys, so that it has nothing to match: docs/troubleshooting.md.
    expect(mine().map((live) => [live.deleted, live.expiration_seconds])).toEqual([[false, 10_800]]);
  });

  it("protect refuses the deletion, retainOnDelete leaves the object", async () => {
    expect((await up(watcher("", "{ protect: true }"))).ok).toBe(true);
    expect((await up("")).ok).toBe(false);
    expect(mine().map((live) => live.deleted)).toEqual([false]);

    expect((await up(watcher("", "{ retainOnDelete: true }"))).ok).toBe(true);
    expect((await up("")).ok).toBe(true);
    expect(mine().map((live) => live.deleted)).toEqual([false]);
  });
});
