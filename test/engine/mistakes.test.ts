import { createRequire } from "node:module";
import { type Simulator, startSimulator } from "pulumi-anomify/simulator";
import { createStack, type Result, type Stack } from "pulumi-anomify/testing";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { errors, scenarios } from "./scenario.ts";

type Anomify = typeof import("pulumi-anomify");
type Pulumi = typeof import("@pulumi/pulumi");

beforeAll(ensureBuilt);

async function world(): Promise<{
  simulator: Simulator;
  preview: (make: (anomify: Anomify) => void) => Promise<Result>;
}> {
  const simulator = await startSimulator();
  const stack: Stack = await createStack({
    directory: scenarios,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(async () => {
    await stack.close();
    await simulator.stop();
  });
  const anomify = createRequire(import.meta.url)("pulumi-anomify") as Anomify;
  return { simulator, preview: (make) => stack.preview({ program: async () => make(anomify) }) };
}

describe("mistakes of a program", () => {
  test("of all its resources are shown in one run, without a request and without a stack", async () => {
    const { simulator, preview } = await world();
    const result = await preview((anomify) => {
      new anomify.Watcher("first", { name: " ", chips: [] });
      new anomify.Exclusion("second", { type: "skip_analysis", patern: "x" } as never);
      new anomify.AdminAlert("third", { alert: "nothing" as never });
    });
    expect(result.ok).toBe(false);
    expect(errors(result).join("\n").split("\n")).toEqual([
      'Watcher, name: must not be empty (resource "first")',
      'Watcher, chips: needs at least one chip (resource "first")',
      'Exclusion, pattern: is required (resource "second")',
      'Exclusion, patern: is not an input of Exclusion. Did you mean "pattern"? (resource "second")',
      'AdminAlert, alert: must be "all-metrics-stopped" or "some-metrics-stopped" (resource "third")',
    ]);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(simulator.journal.entries()).toEqual([]);
  });

  test("do not quote what the program marks as secret, and leave what is not known yet to the provider", async () => {
    const { preview } = await world();
    const { secret, output } = createRequire(import.meta.url)("@pulumi/pulumi") as Pulumi;
    const result = await preview((anomify) => {
      new anomify.Watcher("hidden", { name: secret("war room"), chips: ["a,b"], slackChannel: output("ops-alerts") });
    });
    expect(errors(result)).toEqual([
      expect.stringMatching(/^Watcher, chips\[0\]: contains a comma.* \(resource "hidden"\)$/),
    ]);
    expect(errors(result).join()).not.toContain("war room");
  });

  test("the option import names adopt", async () => {
    const { preview } = await world();
    const result = await preview((anomify) => {
      new anomify.Watcher("taken", { name: "Checkout latency", chips: ["checkout"] }, { import: "501" });
    });
    expect(errors(result)).toEqual([expect.stringMatching(/Watcher "taken": the option import .* adopt: "501"/)]);
  });

  test("every singleton that is declared twice is named, with both names", async () => {
    const { preview } = await world();
    const result = await preview((anomify) => {
      new anomify.AdminAlert("first", { alert: "all-metrics-stopped" });
      new anomify.AdminAlert("other", { alert: "some-metrics-stopped" });
      new anomify.AdminAlert("second", { alert: "all-metrics-stopped" });
      new anomify.OrgSettings("one", { name: "A" });
      new anomify.OrgSettings("two", {});
      new anomify.User("ana", { email: "ana@acme.example" });
      new anomify.User("ana-again", { email: "Ana@acme.example " });
    });
    const [message = "", ...more] = errors(result);
    expect(more).toEqual([]);
    expect(message.split("\n")).toEqual([
      'AdminAlert "all-metrics-stopped" is declared by two resources, "first" and "second". An organization has only one of these: keep one resource.',
      'OrgSettings is declared by two resources, "one" and "two". An organization has only one of these: keep one resource.',
      'User "ana@acme.example" is declared by two resources, "ana" and "ana-again". An organization has only one of these: keep one resource.',
    ]);
  });

  test("a singleton whose identity is known only later is found all the same", async () => {
    const { preview } = await world();
    const { output } = createRequire(import.meta.url)("@pulumi/pulumi") as Pulumi;
    const result = await preview((anomify) => {
      new anomify.User("ana", { email: "ana@acme.example" });
      new anomify.User("ana-again", { email: output("ana@acme.example") });
    });
    expect(errors(result).join("\n")).toContain('declared by two resources, "ana" and "ana-again"');
  });
});
