import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";

// What is claimed belongs to the running stack or provider; each test has a provider of its own.
let provider: anomify.Provider;
let turn = 0;

beforeEach(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: () => ({}),
  });
  provider = new anomify.Provider(`provider-${turn++}`, { token: "0".repeat(32) });
});

/** What `pulumi.log.warn` prints from now on. */
function warnings(): string[] {
  const reported: string[] = [];
  const { warn } = pulumi.log;
  const log = pulumi.log as { warn: typeof warn };
  log.warn = async (message) => {
    reported.push(message);
  };
  onTestFinished(() => {
    log.warn = warn;
  });
  return reported;
}

it("a provider refuses credentials in its endpoint before the engine records it, and does not quote them", () => {
  const attempt = () => new anomify.Provider("eu", { endpoint: "https://ana:hunter2@api.anomify.ai" });
  expect(attempt).toThrow('Provider "eu": endpoint must not contain a user name or password');
  expect(attempt).not.toThrow("hunter2");
});

describe("two resources of one singleton", () => {
  it("are none in two organizations", () => {
    const other = new anomify.Provider(`other-${turn++}`, { token: "1".repeat(32) });
    new anomify.OrgSettings("first", {}, { provider });
    new anomify.OrgSettings("second", {}, { provider: other });
  });

  it("are none when one of them is only read", () => {
    new anomify.OrgSettings("first", {}, { provider });
    anomify.OrgSettings.get("read", "101", { provider });
  });
});

describe("two watchers of one name", () => {
  it("warn, naming both", () => {
    const reported = warnings();
    new anomify.Watcher("first", { name: "CPU", chips: ["cpu"] }, { provider });
    expect(reported).toEqual([]);
    new anomify.Watcher("second", { name: "CPU ", chips: ["db"] }, { provider });
    expect(reported).toEqual([
      expect.stringMatching(/Watcher "CPU" is declared by two resources, "first" and "second"/),
    ]);
  });

  it("are none when they are of two types, or when they are exclusions", () => {
    const reported = warnings();
    const threshold = { condition: "greater_than", value: 1 } as const;
    new anomify.Watcher("first", { name: "CPU", chips: ["cpu"] }, { provider });
    new anomify.ThresholdWatcher("second", { name: "CPU", chips: ["cpu"], threshold }, { provider });
    for (const name of ["a", "b"]) new anomify.Exclusion(name, { type: "skip_analysis", pattern: "x" }, { provider });
    expect(reported).toEqual([]);
  });
});
