import { createStack, type EngineEvent } from "pulumi-anomify/testing";
import { describe, expect, test } from "vitest";
import { errors, quickScenario, succeeded } from "./scenario.ts";

const fixture = (name: string) => `${import.meta.dirname}/fixtures/${name}`;

describe("programs", () => {
  test("in CommonJS, with configuration, environment, output and messages", async () => {
    const events: EngineEvent[] = [];
    const stack = await createStack({
      directory: fixture("commonjs"),
      config: { name: "Ada" },
      secrets: { "other:key": "hidden" },
      env: { FIXTURE_PLACE: "here" },
    });
    const up = succeeded(await stack.up({ onEvent: (event) => events.push(event) }));
    expect(up.outputs).toEqual({ greeting: "Ada", place: "here", secret: "[secret]" });
    expect(up.stdout).toBe("hello from commonjs\n");
    expect(up.stderr).toBe("");
    expect(up.diagnostics).toEqual([{ severity: "warning", message: "mind the gap" }]);
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["diagnostic", "step"]));
  });

  test("as an ES module", async () => {
    const stack = await createStack({ directory: fixture("esm"), stack: "prod", config: { name: "Ada" } });
    expect(succeeded(await stack.up()).outputs).toEqual({ greeting: "Ada", stack: "prod" });
  });

  test("in TypeScript", async () => {
    const stack = await createStack({ directory: fixture("typescript"), config: { name: "Ada" } });
    expect(succeeded(await stack.up()).outputs).toEqual({ greeting: "Ada" });
  });

  test("project and entry can be given instead of a Pulumi.yaml", async () => {
    const stack = await createStack({
      directory: fixture("."),
      project: "other",
      entry: "esm/index.js",
      config: { name: "Ada" },
    });
    expect(succeeded(await stack.up()).outputs).toMatchObject({ greeting: "Ada" });
    await expect(createStack({ directory: fixture(".") })).rejects.toThrow('give the option "project"');
  });

  test("as functions of this process, one after the other", async () => {
    const { stack } = await quickScenario();
    const { stack: other } = await quickScenario();
    const [first, second] = await Promise.all([
      stack.up({ program: async () => ({ answer: 1 }) }),
      other.up({ program: async () => ({ answer: 2 }) }),
    ]);
    expect([first.outputs, second.outputs]).toEqual([{ answer: 1 }, { answer: 2 }]);
  });

  test("a program that does not start says why", async () => {
    const stack = await createStack({ directory: fixture("esm") });
    const result = await stack.up();
    expect(errors(result).join()).toContain("Missing required configuration variable 'esm:name'");
  });
});
