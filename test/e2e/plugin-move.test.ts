import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSimulator } from "pulumi-anomify/simulator";
import type { Result } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { writePluginFolder } from "../helpers/plugin-folder.ts";
import type { Values } from "../host/harness.ts";
import { sample } from "../host/samples.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What docs/which-host.md gives for the way back. */
const wayBack =
  /## Move back.*?```ts\n(.*?)```/s.exec(readFileSync(join(root, "docs/which-host.md"), "utf8"))?.[1] ??
  expect.fail("not documented");

beforeAll(ensureBuilt);

interface Declared {
  readonly kind: string;
  readonly name: string;
  readonly inputs: Values;
  /** Name of its explicit provider; left out: the default one. */
  readonly provider?: string;
}

/** Every kind, of one organization by the default provider, and of another by an explicit one: fifty resources. */
const declared: readonly Declared[] = [
  ...Array.from({ length: 24 }, (_, place) => ({
    kind: "Watcher",
    name: `watcher-${place}`,
    inputs: sample("Watcher", { name: `Moved ${place}` }),
  })),
  ...Array.from({ length: 4 }, (_, place) => ({
    kind: "ThresholdWatcher",
    name: `threshold-${place}`,
    inputs: sample("ThresholdWatcher", { name: `Moved rule ${place}` }),
  })),
  ...Array.from({ length: 9 }, (_, place) => ({
    kind: "Exclusion",
    name: `exclusion-${place}`,
    inputs: sample("Exclusion", { pattern: `staging.moved${place}`, maxMetrics: 500 }),
  })),
  ...["AdminAlert", "OrgSettings", "User"].map((kind) => ({ kind, name: kind.toLowerCase(), inputs: sample(kind) })),
  // A second provider of the organization that the default one has.
  { kind: "Watcher", name: "again", inputs: sample("Watcher", { name: "Moved again" }), provider: "acme" },
  ...Array.from({ length: 4 }, (_, place) => ({
    kind: "Watcher",
    name: `globex-watcher-${place}`,
    inputs: { name: `Moved ${place}`, chips: ["cpu"], emailUsers: ["greta@globex.example"] },
    provider: "globex",
  })),
  ...[
    {
      kind: "ThresholdWatcher",
      inputs: { name: "Moved rule", chips: ["cpu"], threshold: { condition: "less_than", value: 1 } },
    },
    { kind: "Exclusion", inputs: { type: "skip_analysis", pattern: "staging.moved" } },
    { kind: "AdminAlert", inputs: { alert: "all-metrics-stopped", waitSeconds: 900 } },
    { kind: "OrgSettings", inputs: { timezone: "Europe/Berlin" } },
    { kind: "User", inputs: { email: "greta@globex.example", emailAlerts: false } },
  ].map(({ kind, inputs }) => ({ kind, name: `globex-${kind.toLowerCase()}`, inputs, provider: "globex" })),
];

/** The program of either host: only the import differs, and what docs/which-host.md says of the way back. */
function program(module: "pulumi-anomify" | "pulumi-anomify/native", isWayBack = false): string {
  return [
    'const pulumi = require("@pulumi/pulumi");',
    `const anomify = require("${module}");`,
    ...(isWayBack ? [wayBack] : []),
    'const config = new pulumi.Config("move");',
    "const providers = {};",
    'for (const name of ["acme", "globex"]) {',
    '  providers[name] = new anomify.Provider(name, { token: config.requireSecret(name), endpoint: config.require("endpoint"), retries: 2 });',
    "}",
    ...declared.map(({ kind, name, inputs, provider }) => {
      const options = provider === undefined ? "{}" : `{ provider: providers.${provider} }`;
      return `new anomify.${kind}(${JSON.stringify(name)}, ${JSON.stringify(inputs)}, ${options});`;
    }),
  ].join("\n");
}

function succeeded(result: Result): Result {
  expect(result.ok, `${result.stdout}\n${result.stderr}`).toBe(true);
  return result;
}

test("a stack of fifty resources moves to the plugin and back: same ids, nothing written on either way", async () => {
  const simulator = await startSimulator({ tenants: ["acme", "globex"] });
  const directory = mkdtempSync(join(tmpdir(), "anomify-move-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const plugin = join(directory, "plugin");
  writePluginFolder(plugin);
  vi.stubEnv("PATH", `${plugin}${delimiter}${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
  writeFileSync(join(directory, "package.json"), '{"name":"move","private":true,"main":"index.cjs"}\n');
  writeFileSync(join(directory, "Pulumi.yaml"), "name: move\nruntime: nodejs\nmain: index.cjs\n");
  const write = (text: string) => writeFileSync(join(directory, "index.cjs"), text);
  const [acme, globex] = [simulator.organization("acme"), simulator.organization("globex")];
  const stack = await createCliStack({
    directory,
    config: { "anomify:endpoint": simulator.url, "move:endpoint": simulator.url },
    secrets: { "anomify:token": acme.token, "move:acme": acme.token, "move:globex": globex.token },
  });
  onTestFinished(() => stack.close());
  const ids = () =>
    Object.fromEntries(
      (stack.exportState().deployment.resources ?? [])
        .filter(({ type }) => /^(anomify:index|pulumi-nodejs:dynamic\/anomify):/.test(type))
        .map(({ urn, id }) => [urn.split("::").at(-1), id]),
    );
  const types = () => [
    ...new Set(stack.exportState().deployment.resources?.map(({ type }) => type.replace(/[^:]+$/, ""))),
  ];
  const sizes = () => JSON.stringify(stack.exportState()).length;

  write(program("pulumi-anomify"));
  succeeded(await stack.up());
  const made = ids();
  expect(Object.keys(made)).toHaveLength(50);
  const dynamicSize = sizes();
  const writes = simulator.journal.writes().length;

  write(program("pulumi-anomify/native"));
  succeeded(await stack.preview({ expectNoChanges: true }));
  succeeded(await stack.up({ expectNoChanges: true }));
  succeeded(await stack.refresh());
  succeeded(await stack.preview({ expectNoChanges: true }));
  expect(ids()).toEqual(made);
  expect(types()).toContain("anomify:index:");
  expect(types()).not.toContain("pulumi-nodejs:dynamic/anomify:");
  expect(simulator.journal.writes().length).toBe(writes);
  const state = JSON.stringify(stack.exportState());
  expect(state).not.toContain("__provider");
  expect(sizes()).toBeLessThan(dynamicSize);

  write(program("pulumi-anomify", true));
  succeeded(await stack.preview());
  const back = succeeded(await stack.up());
  expect(new Set(back.steps.map(({ op }) => op))).toEqual(new Set(["same", "update"]));
  expect(simulator.journal.writes().length).toBe(writes);
  write(program("pulumi-anomify"));
  succeeded(await stack.preview({ expectNoChanges: true }));
  succeeded(await stack.refresh());
  succeeded(await stack.preview({ expectNoChanges: true }));
  expect(ids()).toEqual(made);
  expect(types()).not.toContain("anomify:index:");
  for (const { type, outputs, urn } of stack.exportState().deployment.resources ?? []) {
    if (type.startsWith("pulumi-nodejs:")) expect(outputs, urn).toHaveProperty("__provider");
  }
  succeeded(await stack.destroy());
  for (const organization of [acme, globex]) {
    expect(organization.watchers().filter(({ name, deleted }) => name.startsWith("Moved") && !deleted)).toEqual([]);
  }
});
