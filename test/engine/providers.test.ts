import { describe, expect, test } from "vitest";
import { quickScenario, stateOf, steps, succeeded } from "./scenario.ts";

describe("providers", () => {
  test("the default one gets the whole configuration of the stack, secrets in plain text", async () => {
    const { cloud, stack } = await quickScenario({ secrets: { "fake:token": "t0ken" } });
    cloud.program = "single";
    succeeded(await stack.up());
    expect(new Set(cloud.calls.map(({ token }) => token))).toEqual(new Set(["t0ken"]));
    const provider = stack.exportState().deployment.resources?.find(({ urn }) => urn.endsWith("::default"));
    expect(provider?.type).toBe("pulumi:providers:pulumi-nodejs");
    expect(JSON.stringify(provider)).not.toContain("t0ken");
    expect(Object.keys(provider?.inputs ?? {})).toEqual(["fake:endpoint", "fake:token"]);
  });

  test("explicit ones have a process and a configuration each, handed down by components", async () => {
    const { cloud, stack } = await quickScenario({ secrets: { "fake:token": "t0ken" } });
    cloud.program = "providers";
    const up = succeeded(await stack.up());
    expect(up.changes).toEqual({ create: 8 });
    const used = new Map(cloud.calls.map(({ name, token }) => [name, token]));
    expect(used).toEqual(
      new Map([
        ["north", "token-north"],
        ["south", "token-south"],
        ["plain", "t0ken"],
      ]),
    );
    expect(new Set(cloud.calls.map(({ pid }) => pid)).size).toBe(3);

    const reference = stateOf(stack).get("north-thing")?.provider;
    expect(reference).toContain("pulumi:providers:pulumi-nodejs::north::");
    expect(succeeded(await stack.preview()).changes).toEqual({ same: 8 });
  });

  test("a changed configuration updates the provider, never its resources", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "providers";
    succeeded(await stack.up());
    cloud.calls.length = 0;
    cloud.program = "providersChanged";
    const up = succeeded(await stack.up());
    expect(steps(up).slice(0, 2)).toEqual(["update north", "update north-thing"]);
    expect(steps(up).slice(2).sort()).toEqual(["delete south", "delete south-group", "delete south-thing"]);
    const changed = cloud.calls.find(({ method }) => method === "PUT");
    expect(changed?.token).toBe("token-changed");
    // Its own provider deletes it, though the program does not declare that any more.
    const deleted = cloud.calls.find(({ method }) => method === "DELETE");
    expect(deleted).toMatchObject({ name: "south", token: "token-south" });
  });

  test("a changed configuration of the stack updates the default provider without a word", async () => {
    const { cloud, stack } = await quickScenario({ config: { "fake:token": "old" } });
    cloud.program = "single";
    succeeded(await stack.up());
    const renewed = await quickScenario({ config: { "fake:endpoint": cloud.endpoint, "fake:token": "new" } });
    renewed.cloud.program = "single";
    expect(succeeded(await stack.preview()).changes).toEqual({ same: 2 });
  });

  test("one whose configuration is unknown in a preview is not asked", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "providerFromOutput";
    const preview = succeeded(await stack.preview());
    expect(steps(preview)).toEqual(["create first", "create late", "create late-thing"]);
    expect(cloud.calls.some(({ name }) => name === "late")).toBe(false);
    expect(preview.outputs).toEqual({});

    succeeded(await stack.up());
    expect(cloud.calls.find(({ name }) => name === "late")?.token).toBe("token-1");
  });

  test("what they print does not mix with the program's output", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "single";
    cloud.fail("GET", "only");
    succeeded(await stack.up());
    const refresh = await stack.refresh();
    expect(refresh.providerOutput).toContain("GET of only failed");
    expect(refresh.stderr).toBe("");
  });
});
