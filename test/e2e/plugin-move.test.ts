import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

beforeAll(ensureBuilt);

interface Declared {
  readonly kind: string;
  readonly name: string;
  readonly inputs: Values;
}

/** Fifty resources, every kind among them. */
const declared: readonly Declared[] = [
  ...Array.from({ length: 30 }, (_, place) => ({
    kind: "Watcher",
    name: `watcher-${place}`,
    inputs: sample("Watcher", { name: `Moved ${place}` }),
  })),
  ...Array.from({ length: 7 }, (_, place) => ({
    kind: "ThresholdWatcher",
    name: `threshold-${place}`,
    inputs: sample("ThresholdWatcher", { name: `Moved rule ${place}` }),
  })),
  ...Array.from({ length: 10 }, (_, place) => ({
    kind: "Exclusion",
    name: `exclusion-${place}`,
    inputs: sample("Exclusion", { pattern: `staging.moved${place}`, maxMetrics: 500 }),
  })),
  ...["AdminAlert", "OrgSettings", "User"].map((kind) => ({ kind, name: kind.toLowerCase(), inputs: sample(kind) })),
];

/** The same program for either host, as a stack that moves has it. */
const programs = {
  dynamic: ({ kind, name, inputs }: Declared) =>
    `new anomify.${kind}(${JSON.stringify(name)}, ${JSON.stringify(inputs)}, { aliases: [{ type: "anomify:index:${kind}" }] });`,
  native: ({ kind, name, inputs }: Declared) =>
    `new pulumi.CustomResource("anomify:index:${kind}", ${JSON.stringify(name)}, ${JSON.stringify(inputs)}, { aliases: [{ type: "pulumi-nodejs:dynamic/anomify:${kind}" }] });`,
};

function succeeded(result: Result): Result {
  expect(result.ok, `${result.stdout}\n${result.stderr}`).toBe(true);
  return result;
}

test("a stack of fifty resources moves to the plugin and back: same ids, nothing written on the way there", async () => {
  const simulator = await startSimulator();
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
  const write = (host: keyof typeof programs) =>
    writeFileSync(
      join(directory, "index.cjs"),
      ['const pulumi = require("@pulumi/pulumi");', 'const anomify = require("pulumi-anomify");', ""].join("\n") +
        declared.map(programs[host]).join("\n"),
    );
  const acme = simulator.organization("acme");
  const stack = await createCliStack({
    directory,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": acme.token },
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

  write("dynamic");
  succeeded(await stack.up());
  const made = ids();
  expect(Object.keys(made)).toHaveLength(50);
  const dynamicSize = sizes();
  const writes = simulator.journal.writes().length;

  write("native");
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

  write("dynamic");
  const back = succeeded(await stack.up());
  expect(new Set(back.steps.map(({ op }) => op))).toEqual(new Set(["same", "update"]));
  succeeded(await stack.preview({ expectNoChanges: true }));
  succeeded(await stack.refresh());
  expect(ids()).toEqual(made);
  succeeded(await stack.destroy());
  expect(acme.watchers().filter(({ name, deleted }) => name.startsWith("Moved") && !deleted)).toEqual([]);
});
