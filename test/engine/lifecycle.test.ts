import { describe, expect, test } from "vitest";
import { errors, quickScenario, stateOf, steps, succeeded } from "./scenario.ts";

describe("the round of a resource", () => {
  test("create, no change, update, delete", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";

    const preview = succeeded(await stack.preview());
    expect(steps(preview)).toEqual(["create first", "create second"]);
    expect(preview.steps.every(({ status }) => status === "planned")).toBe(true);
    expect(cloud.writes()).toEqual([]);
    expect(stack.exportState().deployment.resources).toEqual([]);

    const up = succeeded(await stack.up());
    expect(steps(up)).toEqual(["create first", "create second"]);
    expect(up.changes).toEqual({ create: 3 });
    expect(up.outputs).toEqual({ serial: 1, note: "after 1" });
    expect(stack.outputs()).toEqual({ serial: 1, note: "after 1" });

    const again = succeeded(await stack.up({ expectNoChanges: true }));
    expect(again.changes).toEqual({ same: 3 });

    cloud.program = "pairBlue";
    const update = succeeded(await stack.up());
    expect(steps(update)).toEqual(["update first"]);
    expect(update.steps.find(({ op }) => op === "update")?.diff).toEqual([
      { path: "color", kind: "update", old: "red", new: "blue" },
    ]);

    cloud.program = "empty";
    expect(steps(succeeded(await stack.up()))).toEqual(["delete second", "delete first"]);
    expect(cloud.writes()).toEqual(["POST first", "POST second", "PUT first", "DELETE second", "DELETE first"]);
    expect(stack.outputs()).toEqual({});

    succeeded(await stack.destroy());
    expect(stack.exportState().deployment.resources).toEqual([]);
  });

  test("expectNoChanges fails a preview that would change something", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "single";
    const result = await stack.preview({ expectNoChanges: true });
    expect(result.ok).toBe(false);
    expect(errors(result)).toEqual(["no changes were expected but changes were proposed"]);
  });

  test("check sees old inputs for an update, none for a creation", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    cloud.program = "pairBlue";
    succeeded(await stack.preview());
    const olds = cloud
      .calledWith("/check")
      .filter(({ name }) => name === "first")
      .map(({ body }) => body.olds);
    expect(olds).toEqual([{}, { name: "first", color: "red", size: 1 }]);
  });

  test("each operation starts a provider process of its own, and one is enough for all resources", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    succeeded(await stack.up());
    const first = new Set(cloud.calls.map(({ pid }) => pid));
    succeeded(await stack.preview());
    const both = new Set(cloud.calls.map(({ pid }) => pid));
    expect([first.size, both.size]).toEqual([1, 2]);
  });
});

describe("previews", () => {
  test("what a provider adds later is unknown for creations and for updates", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "pair";
    const create = succeeded(await stack.preview());
    const note = (result: typeof create) => result.steps.find(({ name }) => name === "second")?.new?.inputs.note;
    expect(note(create)).toBe("[unknown]");
    expect(create.outputs).toEqual({});
    succeeded(await stack.up());

    expect(succeeded(await stack.preview()).outputs).toEqual({ serial: 1, note: "after 1" });
    cloud.program = "pairBlue";
    const update = succeeded(await stack.preview());
    expect(note(update)).toBe("[unknown]");
    expect(steps(update)).toEqual(["update first", "update second"]);
  });

  test("a preview leaves the state as it was, even one with replacements", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "chain";
    succeeded(await stack.up());
    const before = stack.exportState({ showSecrets: true }).deployment.resources;
    cloud.program = "chainMoved";
    succeeded(await stack.preview());
    expect(stack.exportState({ showSecrets: true }).deployment.resources).toEqual(before);
  });
});

describe("unknowns from a provider", () => {
  test("are refused in an up", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "returnsUnknown";
    const result = await stack.up();
    expect(result.ok).toBe(false);
    expect(errors(result)).toContain('unexpected unknown property value for "echo"');
    expect(stateOf(stack).size).toBe(0);
  });

  test("an empty id is refused too", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "noId";
    expect(errors(await stack.up()).join()).toContain("plugin returned empty resource.ID from create");
  });
});
