import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startSimulator } from "pulumi-anomify/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { planOf } from "../helpers/exported.ts";
import { configOf, directory } from "../helpers/reproduce.ts";

describe("the example that reproduces an organization", () => {
  test("is what the command writes, but for settings and text for its readers", async () => {
    const simulator = await startSimulator({ tenants: ["acme"] });
    onTestFinished(() => simulator.stop());
    const { files } = await planOf(simulator.url, simulator.organization("acme"), { as: "component" });
    const written = files.filter(({ path }) => path !== "import.json");
    for (const { path, text } of written) expect(readFileSync(join(directory, path), "utf8"), path).toBe(text);
    const own = ["Pulumi.acme.yaml", "Pulumi.globex.yaml", "README.md", "acme-to-globex.json"];
    const found = readdirSync(directory).filter((name) => name !== "node_modules");
    expect(found.sort()).toEqual([...written.map(({ path }) => path), ...own].sort());
  });

  test("holds no secrets in the settings of its stacks", () => {
    for (const stack of ["acme", "globex"]) {
      expect(Object.keys(configOf(stack))).toEqual(["anomify-acme-shop:mapping"]);
      expect(readFileSync(join(directory, `Pulumi.${stack}.yaml`), "utf8")).not.toMatch(/secure|salt|https?:/);
    }
  });
});
