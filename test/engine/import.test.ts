import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportFile } from "pulumi-anomify/testing";
import { describe, expect, test } from "vitest";
import { errors, quickScenario, stateOf, steps, succeeded } from "./scenario.ts";

const text = 'exports.handler=()=>require(process.cwd()+"/provider.js").Thing';
const inputs = { name: "only", size: 1, __provider: text };
const file: ImportFile = {
  resources: [
    {
      type: "pulumi-nodejs:dynamic/fake:Thing",
      name: "only",
      id: "thing-9",
      inputs,
      outputs: { ...inputs, serial: 9, token: "", echo: "" },
    },
  ],
};

describe("import", () => {
  test("takes over what the file says, only checked, and the next up has nothing to do", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.things.set("thing-9", { id: "thing-9", serial: 9, echo: "", inputs: { name: "only", size: 1 } });
    cloud.program = "single";
    const result = succeeded(await stack.import(file));
    expect(steps(result)).toEqual(["import only"]);
    expect(cloud.calls.map(({ path }) => path)).toEqual(["/check"]);
    expect(stateOf(stack).get("only")).toMatchObject({ id: "thing-9", outputs: { serial: 9 } });

    succeeded(await stack.preview({ expectNoChanges: true }));
    succeeded(await stack.destroy());
    expect(cloud.things.size).toBe(0);
  });

  test("from a file, with a parent from the name table", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "family";
    succeeded(await stack.up());
    const parent = stateOf(stack).get("child")?.urn ?? "";
    const path = join(mkdtempSync(join(tmpdir(), "embedded-import-")), "import.json");
    const resources = file.resources.map((resource) => ({ ...resource, parent: "above" }));
    writeFileSync(path, JSON.stringify({ nameTable: { above: parent }, resources }));
    succeeded(await stack.import(path));
    expect(stateOf(stack).get("only")?.parent).toBe(parent);
  });

  test("complaints of the check are warnings; an existing resource is an error", async () => {
    const { stack } = await quickScenario();
    const [resource] = file.resources;
    if (!resource) throw new Error("the file is empty");
    const negative = { ...resource, inputs: { ...inputs, size: -1 } };
    const result = succeeded(await stack.import({ resources: [negative] }));
    expect(result.diagnostics.map(({ message }) => message).join()).toContain(
      "property size value {-1} has a problem: must not be negative",
    );
    // The same object again is nothing new, another one under its name is refused.
    expect(succeeded(await stack.import(file)).changes).toEqual({ same: 2 });
    const other = { resources: [{ ...resource, id: "thing-8" }] };
    expect(errors(await stack.import(other)).join()).toContain("already exists");
  });

  test("without outputs, or with opts.import, the provider host has nothing to go by", async () => {
    const { cloud, stack } = await quickScenario();
    const [resource] = file.resources;
    if (!resource) throw new Error("the file is empty");
    const { outputs: _outputs, ...withoutOutputs } = resource;
    expect((await stack.import({ resources: [withoutOutputs] })).ok).toBe(false);
    cloud.program = "imported";
    expect((await stack.up()).ok).toBe(false);
  });
});
