import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { createStack, type Stack } from "pulumi-anomify/testing";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { kinds, sample } from "../host/samples.ts";
import { errors, scenarios, steps, succeeded } from "./scenario.ts";

beforeAll(ensureBuilt);

type Classes = Record<string, new (name: string, args: object, opts?: pulumi.CustomResourceOptions) => pulumi.Resource>;
const make = (kind: string, opts?: pulumi.CustomResourceOptions) => {
  const { [kind]: Resource } = createRequire(import.meta.url)("pulumi-anomify") as Classes;
  if (Resource === undefined) throw new Error(kind);
  return new Resource(kind, sample(kind), opts);
};

async function world(): Promise<{ simulator: Simulator; stack: Stack }> {
  const simulator = await startSimulator({ tenants: ["acme"] });
  const stack = await createStack({
    directory: scenarios,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  return { simulator, stack };
}

test("a transform of the stack adds a recipient to every watcher, and another changes nothing of the rest", async () => {
  const { simulator, stack } = await world();
  const program = async () => {
    pulumi.runtime.registerResourceTransform(async ({ type, props, opts }) =>
      type.endsWith("Watcher") ? { props: { ...props, smsUsers: ["chidi@acme.example"] }, opts } : undefined,
    );
    pulumi.runtime.registerInvokeTransform(async ({ args, opts }) => ({ args, opts }));
    for (const kind of kinds) make(kind);
  };
  succeeded(await stack.preview({ program }));
  succeeded(await stack.up({ program }));
  const watchers = simulator.organization("acme").watchers();
  const made = watchers.filter(
    ({ name }) => name === sample("Watcher").name || name === sample("ThresholdWatcher").name,
  );
  expect(made.map(({ alerts }) => alerts.filter(({ method }) => method === "sms").map(({ ref }) => ref))).toEqual([
    ["103"],
    ["103"],
  ]);
  expect(steps(succeeded(await stack.up({ program, expectNoChanges: true })))).toEqual([]);
});

test("what a transform adds that no kind knows is a mistake like one in the program", async () => {
  const { stack } = await world();
  const program = async () => {
    pulumi.runtime.registerResourceTransform(async ({ props, opts }) => ({
      props: { ...props, tags: { team: "ops" } },
      opts,
    }));
    make("Exclusion");
  };
  const preview = await stack.preview({ program });
  expect(preview.ok).toBe(false);
  expect(errors(preview).join("\n")).toMatch(/tags/);
});

test.for(kinds)("hooks of %s run before and after its changes, and one that refuses stops them", async (kind) => {
  const { stack } = await world();
  const seen: string[] = [];
  const program = (refuse: string) => async () => {
    const hook = (name: string) =>
      new pulumi.ResourceHook(name, async ({ id }) => {
        seen.push(`${name} ${id === "" ? "without" : "with"} id`);
        if (name === refuse) throw new Error("not today");
      });
    const [beforeCreate, afterCreate, beforeDelete, afterDelete] = ["create", "created", "delete", "deleted"].map(hook);
    if (!beforeCreate || !afterCreate || !beforeDelete || !afterDelete) throw new Error("no hooks");
    if (refuse !== "gone") {
      const hooks = {
        beforeCreate: [beforeCreate],
        afterCreate: [afterCreate],
        beforeDelete: [beforeDelete],
        afterDelete: [afterDelete],
      };
      make(kind, { hooks });
    }
  };
  const refused = await stack.up({ program: program("create") });
  expect(refused.ok).toBe(false);
  expect(errors(refused).join("\n")).toContain('before hook "create" failed: not today');
  expect(seen.splice(0)).toEqual(["create without id"]);

  succeeded(await stack.up({ program: program("none") }));
  expect(seen.splice(0)).toEqual(["create without id", "created with id"]);
  succeeded(await stack.up({ program: program("gone") }));
  expect(seen.splice(0)).toEqual(["delete with id", "deleted with id"]);
});
