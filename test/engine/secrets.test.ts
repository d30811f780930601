import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStack } from "pulumi-anomify/testing";
import { describe, expect, test } from "vitest";
import { quickScenario, scenario, scenarios, stateOf, steps, succeeded } from "./scenario.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const secret = (value: unknown) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });
const stateFile = () => join(mkdtempSync(join(tmpdir(), "embedded-state-")), "state.json");

describe("secrets", () => {
  test("follow the name of a property, and additionalSecretOutputs", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "secret";
    const up = succeeded(await stack.up());
    const { inputs, outputs, additionalSecretOutputs } = stateOf(stack).get("only") ?? {};
    expect(inputs?.password).toEqual(secret("hunter2"));
    expect(outputs).toMatchObject({ password: secret("hunter2"), echo: secret("made 1"), note: "plain" });
    expect(additionalSecretOutputs).toEqual(["echo"]);
    expect(cloud.named("only")?.inputs.password).toBe("hunter2");
    expect(JSON.stringify(up)).not.toContain("hunter2");
    expect(JSON.stringify(stack.exportState())).not.toContain("hunter2");
    expect(succeeded(await stack.refresh()).changes).toEqual({ same: 2 });
    expect(stateOf(stack).get("only")?.outputs?.password).toEqual(secret("hunter2"));
  });

  test("inside objects only the part is marked, a list is marked as a whole", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "secretInTags";
    succeeded(await stack.up());
    const { outputs } = stateOf(stack).get("only") ?? {};
    expect(outputs?.tags).toEqual({ open: "a", closed: secret("hidden") });
    expect(outputs?.list).toEqual(secret(["x", "y"]));
  });

  test("among the stack's outputs are shown as such and kept", async () => {
    const { cloud, stack } = await quickScenario();
    cloud.program = "outputs";
    const up = succeeded(await stack.up());
    expect(up.outputs).toEqual({ open: 1, closed: "[secret]", nested: { list: [1, 2] } });
    expect(stack.outputs()).toEqual({ open: 1, closed: "hush", nested: { list: [1, 2] } });
    cloud.program = "outputsFewer";
    succeeded(await stack.up());
    expect(stack.outputs()).toEqual({ open: 2 });
  });
});

describe("a state file", () => {
  test("holds the state from one stack object to the next, readable by its owner only", async () => {
    const file = stateFile();
    const { cloud, stack } = await quickScenario({ stateFile: file, passphrase: "open sesame" });
    cloud.program = "secret";
    succeeded(await stack.up());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).not.toContain("hunter2");

    const config = { "fake:endpoint": cloud.endpoint };
    const second = await createStack({ directory: scenarios, stateFile: file, passphrase: "open sesame", config });
    expect(stateOf(second)).toEqual(stateOf(stack));
    expect(steps(succeeded(await second.destroy()))).toEqual(["delete only"]);
    expect(cloud.things.size).toBe(0);
  });

  test("is not opened with another passphrase", async () => {
    const file = stateFile();
    const { cloud, stack } = await quickScenario({ stateFile: file, passphrase: "one" });
    cloud.program = "secret";
    succeeded(await stack.up());
    await expect(createStack({ directory: scenarios, stateFile: file, passphrase: "two" })).rejects.toThrow(
      /cannot be decrypted/,
    );
  });

  test("never gets a secret without a passphrase: the object is not even created", async () => {
    const file = stateFile();
    const { cloud, stack } = await quickScenario({ stateFile: file });
    cloud.program = "secret";
    const result = await stack.up();
    expect(result.ok).toBe(false);
    expect(result.diagnostics.map(({ message }) => message).join()).toContain(
      'give the option "passphrase" to encrypt them',
    );
    expect(cloud.writes()).toEqual([]);
    const withSecretConfig = await quickScenario({ stateFile: stateFile(), secrets: { "fake:token": "x" } });
    await expect(withSecretConfig.stack.up()).rejects.toThrow(/passphrase/);
  });

  test("is written after each step, so that a failure loses nothing", async () => {
    const file = stateFile();
    const { cloud, stack } = await scenario({ stateFile: file });
    cloud.program = "pair";
    cloud.fail("POST", "second");
    expect((await stack.up()).ok).toBe(false);
    expect(existsSync(file)).toBe(true);
    const reopened = await createStack({
      directory: scenarios,
      stateFile: file,
      config: { "fake:endpoint": cloud.endpoint },
    });
    expect([...stateOf(reopened).keys()]).toEqual(["first"]);
  });
});
