import { describe, expect, test } from "vitest";
import { errors, quickScenario, stateOf, steps, succeeded } from "./scenario.ts";

describe("replacement", () => {
  test("creates the new object first and deletes the old one last", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairMoved";
    const preview = succeeded(await stack.preview());
    expect(steps(preview)).toEqual([
      "create-replacement first",
      "replace first",
      "update second",
      "delete-replaced first",
    ]);
    const replace = preview.steps.find(({ op }) => op === "replace");
    expect(replace).toMatchObject({
      reasons: ["place"],
      diff: [{ path: "place", kind: "add-replace", new: "elsewhere" }],
    });

    const up = succeeded(await stack.up());
    expect(steps(up)).toEqual(["create-replacement first", "replace first", "update second", "delete-replaced first"]);
    expect(up.changes).toEqual({ replace: 1, update: 1, same: 1 });
    expect(cloud.writes().slice(2)).toEqual(["POST first", "PUT second", "DELETE first"]);
    expect(stack.outputs()).toEqual({ serial: 3, note: "after 3" });
  });

  test("checks once more without old inputs, so that defaults are those of a new object", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.calls.length = 0;
    cloud.program = "pairMoved";
    succeeded(await stack.up());
    const olds = cloud
      .calledWith("/check")
      .filter(({ name }) => name === "first")
      .map(({ body }) => body.olds);
    expect(olds).toEqual([{ name: "first", color: "red", size: 1 }, {}]);
  });

  test("deletes first when the provider says so", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairSlot";
    expect(steps(succeeded(await stack.up()))).toEqual([
      "delete-replaced first",
      "replace first",
      "create-replacement first",
      "update second",
    ]);
    expect(cloud.writes().slice(2)).toEqual(["DELETE first", "POST first", "PUT second"]);
    expect(stateOf(stack).get("first")?.id).toBe("thing-3");
  });

  test("the option deleteBeforeReplace outweighs the provider, in both directions", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairSlotKept";
    succeeded(await stack.up());
    expect(cloud.writes().slice(2)).toEqual(["POST first", "PUT second", "DELETE first"]);
    cloud.program = "pairMovedFirst";
    succeeded(await stack.up());
    expect(cloud.writes().slice(5)).toEqual(["DELETE first", "POST first", "PUT second"]);
  });

  test("deleting first takes along dependents that would have to be replaced as well", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "chain";
    succeeded(await stack.up());
    cloud.program = "chainMoved";
    const up = succeeded(await stack.up());
    expect(steps(up)).toEqual([
      "delete-replaced second",
      "delete-replaced first",
      "replace first",
      "create-replacement first",
      "replace second",
      "create-replacement second",
      "update third",
    ]);
    expect(cloud.writes().slice(3)).toEqual([
      "DELETE second",
      "DELETE first",
      "POST first",
      "POST second",
      "PUT third",
    ]);
    expect(up.changes).toEqual({ same: 1, replace: 2, update: 1 });
  });

  test("a failed deletion of the old object is made up for by the next up", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairMoved";
    cloud.fail("DELETE", "first");
    expect(steps(await stack.up())).toContain("delete-replaced first failed");
    const pending = stack.exportState().deployment.resources?.filter((state) => state.delete);
    expect(pending?.map(({ id }) => id)).toEqual(["thing-1"]);

    const next = succeeded(await stack.up());
    expect(steps(next)).toEqual(["delete-replaced first"]);
    expect([...cloud.things.keys()].sort()).toEqual(["thing-2", "thing-3"]);
  });

  test("a creation that fails after the old object is gone is made up for by the next up", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairSlot";
    cloud.fail("POST", "first");
    expect((await stack.up()).ok).toBe(false);
    expect(stateOf(stack).get("first")?.pendingReplacement).toBe(true);

    expect(steps(succeeded(await stack.up()))).toEqual(["replace first", "create-replacement first", "update second"]);
    expect(stateOf(stack).get("first")).toMatchObject({ id: "thing-3" });

    cloud.program = "pairSlotKept";
    cloud.fail("POST", "first");
    await stack.up();
    expect(stateOf(stack).get("first")?.id).toBe("thing-3");
  });

  test("what waits for its replacement is forgotten when the program does not want it any more", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairSlot";
    cloud.fail("POST", "first");
    await stack.up();
    cloud.program = "empty";
    expect(steps(succeeded(await stack.up()))).toEqual(["delete second", "remove-pending-replace first"]);
    expect(cloud.writes().filter((write) => write === "DELETE first")).toHaveLength(1);
  });
});

describe("replaceOnChanges", () => {
  test("replaces when the engine had to compare the inputs itself", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "replaceable";
    succeeded(await stack.up());
    cloud.program = "replaceableBlue";
    expect(steps(succeeded(await stack.up()))).toEqual([
      "create-replacement vague",
      "replace vague",
      "delete-replaced vague",
    ]);
    cloud.program = "replaceableBigger";
    expect(steps(succeeded(await stack.up()))).toEqual(["update vague"]);
  });

  test("has no effect when the provider answers for itself, as with the real engine", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "single";
    succeeded(await stack.up());
    cloud.program = "replaceOnChangesKnown";
    expect(steps(succeeded(await stack.up()))).toEqual(["update only"]);
  });
});

describe("protect and retainOnDelete", () => {
  test("a protected resource is neither replaced nor deleted", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pairProtected";
    succeeded(await stack.up());
    expect(stateOf(stack).get("first")?.protect).toBe(true);

    cloud.program = "pairProtectedMoved";
    const replaced = await stack.up();
    expect(errors(replaced).join()).toContain("currently marked for protection");
    cloud.program = "empty";
    const deleted = await stack.up();
    expect(errors(deleted).join()).toContain("because it is protected");
    expect(steps(deleted)).toEqual(["delete second", "delete first failed"]);
    expect((await stack.destroy()).ok).toBe(false);
    expect(cloud.named("first")).toBeDefined();

    cloud.program = "pair";
    succeeded(await stack.up());
    succeeded(await stack.destroy());
    expect(cloud.things.size).toBe(0);
  });

  test("a retained resource leaves the state, its object stays", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pairRetained";
    succeeded(await stack.up());
    cloud.program = "empty";
    expect(steps(succeeded(await stack.up()))).toEqual(["delete second", "delete first"]);
    expect([...cloud.things.values()].map(({ inputs }) => inputs.name)).toEqual(["first"]);
  });
});
