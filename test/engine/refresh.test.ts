import { describe, expect, test } from "vitest";
import type { FakeCloud } from "../helpers/fake-cloud.ts";
import { errors, quickScenario, stateOf, steps, succeeded } from "./scenario.ts";

function drift(cloud: FakeCloud, name: string, inputs: Record<string, unknown>): void {
  const thing = cloud.named(name);
  if (!thing) throw new Error(`there is no thing ${name}`);
  thing.inputs = { ...thing.inputs, ...inputs };
}

describe("refresh", () => {
  test("takes over what has changed, and the next up puts it back", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    drift(cloud, "first", { color: "pink" });

    const refresh = succeeded(await stack.refresh());
    expect(refresh.changes).toEqual({ update: 1, same: 2 });
    expect(steps(refresh).sort()).toEqual(["refresh first update", "refresh second same"]);
    const step = refresh.steps.find(({ name }) => name === "first");
    expect(step?.diff).toEqual([{ path: "color", kind: "update", old: "red", new: "pink" }]);
    expect(stateOf(stack).get("first")).toMatchObject({ inputs: { color: "pink" }, outputs: { color: "pink" } });

    const up = succeeded(await stack.up());
    expect(steps(up)).toEqual(["update first"]);
    expect(up.steps.find(({ op }) => op === "update")?.diff).toEqual([
      { path: "color", kind: "update", old: "pink", new: "red" },
    ]);
    expect(cloud.named("first")?.inputs.color).toBe("red");
  });

  test("drops what is gone together with references to it", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.things.delete("thing-1");
    const refresh = succeeded(await stack.refresh());
    expect(refresh.changes).toEqual({ delete: 1, same: 2 });
    const second = stateOf(stack).get("second");
    expect(second).not.toHaveProperty("dependencies");
    expect(second).not.toHaveProperty("propertyDependencies");

    expect(steps(succeeded(await stack.up()))).toEqual(["create first", "update second"]);
  });

  test("as part of up and of preview", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.things.delete("thing-2");
    drift(cloud, "first", { color: "pink" });
    const preview = succeeded(await stack.preview({ refresh: true }));
    expect(steps(preview)).toContain("create second");
    expect(stateOf(stack).size).toBe(2);

    const up = succeeded(await stack.up({ refresh: true }));
    expect(steps(up).slice(0, 2).sort()).toEqual(["refresh first update", "refresh second delete"]);
    expect(steps(up).slice(2)).toEqual(["update first", "create second"]);
    expect(up.changes).toEqual({ same: 1, update: 1, create: 1 });
  });

  test("an object that cannot be read fails the refresh, the others are taken over", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    drift(cloud, "second", { note: "other" });
    cloud.fail("GET", "first");
    const refresh = await stack.refresh();
    expect(refresh.ok).toBe(false);
    expect(errors(refresh)).toEqual(["GET of first failed"]);
    expect(stateOf(stack).get("first")?.outputs?.color).toBe("red");
    expect(stateOf(stack).get("second")?.outputs?.note).toBe("other");
  });

  test("drift that the provider does not mind is no change", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "single";
    succeeded(await stack.up());
    const thing = cloud.named("only");
    if (thing) thing.echo = "changed by the service";
    const refresh = succeeded(await stack.refresh());
    expect(refresh.changes).toEqual({ same: 2 });
    expect(stateOf(stack).get("only")?.outputs?.echo).toBe("changed by the service");
  });
});

describe("reading what exists already", () => {
  test("an external object is read, recorded and let go", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.things.set("thing-1", { id: "thing-1", serial: 7, echo: "", inputs: { name: "theirs", color: "red" } });
    cloud.program = "get";
    const preview = succeeded(await stack.preview());
    expect(preview.outputs).toEqual({ color: "red" });
    const up = succeeded(await stack.up());
    expect(steps(up)).toEqual(["read got"]);
    expect(stateOf(stack).get("got")).toMatchObject({ external: true, id: "thing-1" });

    cloud.program = "empty";
    expect(steps(succeeded(await stack.up()))).toEqual(["discard got"]);
    expect(cloud.writes()).toEqual([]);
  });

  test("becomes one's own by a replacement that deletes nothing, and external again", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.things.set("thing-1", { id: "thing-1", serial: 7, echo: "", inputs: { name: "theirs", color: "red" } });
    cloud.program = "get";
    succeeded(await stack.up());
    cloud.program = "getAsOwn";
    expect(steps(succeeded(await stack.up()))).toEqual([
      "create-replacement got",
      "replace got",
      "discard-replaced got",
    ]);
    expect(cloud.things.has("thing-1")).toBe(true);
    cloud.things.set("thing-1", { id: "thing-1", serial: 7, echo: "", inputs: { name: "theirs", color: "red" } });
  });

  test("one that does not exist fails with the provider's words", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "get";
    const result = await stack.up();
    expect(errors(result)).toContain("there is no thing thing-1");
  });

  test("with an id that is not known yet a preview reads nothing", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "getUnknown";
    const preview = succeeded(await stack.preview());
    expect(preview.outputs).toEqual({});
    expect(cloud.calls.some(({ method }) => method === "GET")).toBe(false);
    expect(succeeded(await stack.up()).outputs).toEqual({ echo: "made 1" });
  });
});
