import { describe, expect, test } from "vitest";
import { errors, quickScenario, stateOf, steps, succeeded } from "./scenario.ts";

/** Whether each of the names comes before the next one. */
function inOrder(all: string[], ...wanted: string[]): boolean {
  const places = wanted.map((name) => all.indexOf(name));
  return !places.includes(-1) && places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
}

describe("dependencies", () => {
  test("options, parents and properties are recorded, and deletes go the other way", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "family";
    succeeded(await stack.up());
    const state = stateOf(stack);
    const urn = (name: string) => state.get(name)?.urn;
    expect(state.get("after")?.dependencies).toEqual([urn("base")]);
    expect(state.get("using")).toMatchObject({
      dependencies: [urn("base")],
      propertyDependencies: { note: [urn("base")] },
    });
    expect(state.get("grandchild")?.parent).toBe(urn("child"));
    expect(urn("grandchild")).toContain(
      "fake:index:Group$pulumi-nodejs:dynamic/fake:Thing$pulumi-nodejs:dynamic/fake:Thing",
    );

    const deletes = steps(succeeded(await stack.destroy())).map((step) => step.replace("delete ", ""));
    expect(inOrder(deletes, "after", "base")).toBe(true);
    expect(inOrder(deletes, "using", "base")).toBe(true);
    expect(inOrder(deletes, "last", "grandchild", "child", "group")).toBe(true);
    expect(cloud.things.size).toBe(0);
  });

  test("what a resource needs whose deletion failed stays; the rest goes", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "family";
    succeeded(await stack.up());
    cloud.fail("DELETE", "using");
    const result = await stack.destroy();
    expect(errors(result)).toEqual(["DELETE of using failed"]);
    expect([...stateOf(stack).keys()].sort()).toEqual(["base", "using"]);
    succeeded(await stack.destroy());
    expect(stack.exportState().deployment.resources).toEqual([]);
  });
});

describe("components", () => {
  test("have outputs of their own and no object", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "family";
    succeeded(await stack.up());
    const group = stack.exportState().deployment.resources?.find(({ type }) => type === "fake:index:Group");
    expect(group).toMatchObject({ custom: false, outputs: { child: expect.any(Number) } });
    expect(group).not.toHaveProperty("provider");
    expect(succeeded(await stack.up()).changes).toEqual({ same: 8 });
  });
});

describe("aliases", () => {
  test("by name, type, URN, parent and through the parent: nothing is made or deleted", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "family";
    succeeded(await stack.up());
    cloud.program = "familyRenamed";
    const preview = succeeded(await stack.preview());
    expect(preview.changes).toEqual({ same: 7, update: 1 });
    const up = succeeded(await stack.up());
    // The text of the other class is the only difference.
    expect(steps(up)).toEqual(["update using"]);

    const state = stateOf(stack);
    expect([...state.keys()].sort()).toEqual(["afterwards", "base", "grandchild", "last", "member", "using"]);
    expect(state.get("grandchild")?.parent).toBe(state.get("member")?.urn);
    expect(state.get("afterwards")?.dependencies).toEqual([state.get("base")?.urn]);
    expect(cloud.things.size).toBe(6);
    expect(succeeded(await stack.up()).changes).toEqual({ same: 8 });
  });

  test("two resources with one URN are a mistake", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "duplicate";
    expect(errors(await stack.up())[0]).toMatch(
      /^Duplicate resource URN 'urn:pulumi:dev::.*::same'; try giving it a unique name$/,
    );
  });
});

describe("ignoreChanges", () => {
  test("sets inputs back before the check, at any depth", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "tags";
    succeeded(await stack.up());
    cloud.program = "tagsIgnored";
    succeeded(await stack.up());
    expect(cloud.named("only")?.inputs).toMatchObject({ tags: { team: "a", stage: "prod" }, color: "red" });
  });
});
