import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import { startSimulator } from "pulumi-anomify/simulator";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { sample } from "../host/samples.ts";
import { scenarios, succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

const wire = { createWatcher: { params: { name: "title" } } };

interface Classes {
  readonly Provider: new (name: string, args: object) => pulumi.ProviderResource;
  readonly Watcher: new (name: string, args: object, opts: object) => unknown;
}

test.for([
  ["the setting of the stack", { "anomify:wire": JSON.stringify(wire) }, {}],
  ["its own argument", {}, { wire }],
] as const)("a provider of its own goes by the mapping of %s", async ([, config, argument]) => {
  const simulator = await startSimulator({
    tenants: ["acme"],
    differences: [{ kind: "renamed-parameter", operation: "createWatcher", parameter: "name", to: "title" }],
  });
  const { token } = simulator.organization("acme");
  const stack = await createStack({ directory: scenarios, config: { "anomify:endpoint": simulator.url, ...config } });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  const program = async () => {
    const { Provider, Watcher } = createRequire(import.meta.url)("pulumi-anomify") as Classes;
    const provider = new Provider("own", { endpoint: simulator.url, token, ...argument });
    new Watcher("w", sample("Watcher"), { provider });
  };
  succeeded(await stack.up({ program }));
  const { name } = sample("Watcher");
  expect(
    simulator
      .organization("acme")
      .watchers()
      .map((watcher) => watcher.name),
  ).toContain(name);
});
