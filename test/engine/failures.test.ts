import { describe, expect, test } from "vitest";
import { failureMessage } from "../../testing/comparison.ts";
import { emptyState } from "../../testing/state.ts";
import { makeSecret } from "../../testing/values.ts";
import { errors, quickScenario, scenario, stateOf, steps, succeeded } from "./scenario.ts";

describe("a check that complains", () => {
  test("ends the operation and quotes the value, like the engine", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "negative";
    const result = await stack.preview();
    expect(result.ok).toBe(false);
    const [message] = errors(result);
    expect(message).toBe(
      "pulumi-nodejs:dynamic/fake:Thing resource 'only': property size value {-1} has a problem: must not be negative",
    );
  });

  test.each([
    [makeSecret(-1), "{&{{-1}}}"],
    [[1, "a"], "{[{1} {a}]}"],
    [{ b: null, a: true }, "{map[a:{true} b:{<nil>}]}"],
  ])("prints values in the engine's way: %j", (value, text) => {
    const state = emptyState("urn:pulumi:dev::p::t::only", "t");
    const message = failureMessage(state, { size: value }, { property: "size", reason: "no" });
    expect(message).toBe(`t resource 'only': property size value ${text} has a problem: no`);
  });

  test("without the name of a property no value is shown", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "badPassword";
    const result = await stack.up();
    const message = "pulumi-nodejs:dynamic/fake:Thing resource 'only' has a problem: password is not good enough";
    expect(errors(result)).toEqual([message]);
    expect(cloud.writes()).toEqual([]);
  });
});

describe("a step that fails", () => {
  test("fails what depends on it, not the others", async () => {
    const { cloud, stack } = await scenario();
    cloud.program = "independentAndDependent";
    cloud.fail("POST", "left");
    const result = await stack.up();
    expect(result.ok).toBe(false);
    expect(steps(result).sort()).toEqual(["create left failed", "create right"]);
    expect([...stateOf(stack).keys()]).toEqual(["right"]);
    expect(steps(succeeded(await stack.up()))).toEqual(["create left", "create needsLeft"]);
  });

  test("deletes nothing that the program did not get to declare", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairBlue";
    cloud.fail("PUT", "first");
    expect((await stack.up()).ok).toBe(false);
    expect([...stateOf(stack).keys()]).toEqual(["first", "second"]);
    expect(stack.outputs()).toEqual({ serial: 1, note: "after 1" });
  });

  test("with continueOnError: false nothing new starts, and the program ends quietly", async () => {
    const { cloud, stack } = await scenario();
    cloud.program = "pair";
    cloud.fail("POST", "first");
    const result = await stack.up({ continueOnError: false });
    expect(errors(result)).toEqual(["POST of first failed"]);
    expect(result.stderr).toBe("");
  });

  test("continueOnError: false works for a program in this process too", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    cloud.fail("POST", "first");
    expect(errors(await stack.up({ continueOnError: false }))).toEqual(["POST of first failed"]);
    succeeded(await stack.up());
  });
});

describe("a partial failure", () => {
  test("of a create keeps the object and lets the next up update it", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "single";
    cloud.fail("POST", "only", { partial: true, message: "half done" });
    const result = await stack.up();
    expect(steps(result)).toEqual(["create only failed"]);
    expect(errors(result)[0]).toBe("1 error occurred:\n\t* half done\n\n");
    expect(stateOf(stack).get("only")).toMatchObject({
      id: "thing-1",
      initErrors: ["half done"],
      outputs: { serial: 1 },
    });

    expect(steps(succeeded(await stack.up()))).toEqual(["update only"]);
    expect(stateOf(stack).get("only")).not.toHaveProperty("initErrors");
    expect(steps(succeeded(await stack.up()))).toEqual([]);
  });

  test("of an update keeps the old inputs and the new outputs", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairBlue";
    cloud.fail("PUT", "first", { partial: true, message: "half done" });
    await stack.up();
    const state = stateOf(stack).get("first");
    expect(state).toMatchObject({ inputs: { color: "red" }, outputs: { color: "blue" }, initErrors: ["half done"] });
    expect(steps(succeeded(await stack.up()))).toEqual(["update first"]);
  });
});

describe("a program that crashes", () => {
  test("has its error shown, and nothing it did not declare is deleted", async () => {
    const { cloud, stack } = await scenario();
    cloud.program = "independent";
    succeeded(await stack.up());
    cloud.program = "crash";
    const result = await stack.up();
    expect(result.ok).toBe(false);
    expect(errors(result).join()).toContain("the program is broken");
    expect([...stateOf(stack).keys()].sort()).toEqual(expect.arrayContaining(["left", "middle", "right"]));
    expect(cloud.writes()).not.toContain("DELETE left");
  });

  test("in this process as well", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "independent";
    succeeded(await stack.up());
    cloud.program = "crash";
    expect(errors(await stack.up()).join()).toContain("the program is broken");
    expect(cloud.writes()).not.toContain("DELETE left");
  });
});
