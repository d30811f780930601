import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";
import { beforeAll, expect, it } from "vitest";
import { catalog } from "../../provider/catalog.ts";
import { outputKeys } from "../../provider/runtime/definition.ts";
import { ensureBuilt } from "../helpers/build.ts";
import { root, type Values } from "./harness.ts";
import { sample } from "./samples.ts";

beforeAll(ensureBuilt);

type AnyClass = new (name: string, args: Values) => pulumi.CustomResource;
const classes = anomify as unknown as Readonly<Record<string, AnyClass>>;

it.each(catalog.map((definition) => ({ kind: definition.kind, definition })))(
  "trap 16: every output of $kind is an Output of its class",
  async ({ kind, definition }) => {
    const registered: pulumi.runtime.MockResourceArgs[] = [];
    await pulumi.runtime.setMocks({
      newResource: (args) => {
        registered.push(args);
        return { id: "1", state: args.inputs };
      },
      call: () => ({}),
    });
    const Class = classes[kind];
    if (Class === undefined) throw new Error(`pulumi-anomify has no class ${kind}`);
    const resource = new Class(`${kind}-outputs`, sample(kind)) as unknown as Values;
    for (const key of outputKeys(definition)) expect(pulumi.Output.isInstance(resource[key]), key).toBe(true);
    await new Promise<void>((resolve) => (resource.urn as pulumi.Output<string>).apply(() => resolve()));
    expect(registered.map(({ type }) => type)).toContain(`pulumi-nodejs:dynamic/anomify:${kind}`);
  },
);

const examples = readdirSync(`${root}examples`, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && existsSync(`${root}examples/${entry.name}/index.ts`),
);

it.each(examples.map(({ name }) => name))("trap 23: the example %s exports no whole resource", (name) => {
  const code = readFileSync(`${root}examples/${name}/index.ts`, "utf8");
  const resources = [...code.matchAll(/const (\w+) = new anomify\./g)].map(([, variable]) => variable);
  const exported = [...code.matchAll(/^export (?:const \w+ = (.+?);|\{([^}]*)\})/gms)].map(
    ([, value, list]) => value ?? list ?? "",
  );
  for (const value of exported) {
    expect(value).not.toMatch(/^new anomify\./);
    for (const word of value.split(/[\s,]+/)) expect(resources).not.toContain(word);
  }
});

it("trap 24: the provider's module loads with an empty environment, and without Pulumi's SDK", async () => {
  const code = `
    const kinds = Object.keys(require(${JSON.stringify(`${root}dist/provider/dynamic.cjs`)}));
    console.log(JSON.stringify({ kinds, loaded: Object.keys(require.cache) }));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", code], { env: {} });
  const { kinds, loaded } = JSON.parse(stdout) as { kinds: string[]; loaded: string[] };
  expect(stderr).toBe("");
  expect(kinds.sort()).toEqual(catalog.map(({ kind }) => kind).sort());
  expect(loaded.filter((path) => path.includes("@pulumi"))).toEqual([]);
});
