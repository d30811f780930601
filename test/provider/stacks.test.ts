import * as pulumi from "@pulumi/pulumi";
import * as anomify from "pulumi-anomify";
import { afterEach, beforeEach, expect, test } from "vitest";

const { prepareStackTrace, stackTraceLimit } = Error;

beforeEach(async () => {
  await pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
});

afterEach(() => {
  Error.prepareStackTrace = prepareStackTrace;
});

/** How many stacks with frames are formatted while the work runs. */
function stacksOf(work: () => unknown): number {
  let stacks = 0;
  Error.prepareStackTrace = (error, frames) => {
    if (frames.length > 0) stacks += 1;
    return `${error}\n${frames.map((frame) => `    at ${frame}`).join("\n")}`;
  };
  work();
  Error.prepareStackTrace = prepareStackTrace;
  return stacks;
}

test("a resource costs few stacks, however many properties it has", () => {
  const few = stacksOf(() => new anomify.Watcher("few", { name: "few", chips: ["cpu"] }));
  // Pulumi records where a resource was made.
  expect(few).toBeLessThan(10);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});

test("a mistake in the arguments shows the line of the program", () => {
  const failure = (() => {
    try {
      return new anomify.Watcher("", { name: "x", chips: ["cpu"] });
    } catch (error) {
      return error as Error;
    }
  })();
  expect(failure).toBeInstanceOf(Error);
  expect((failure as Error).stack).toContain("stacks.test.ts");
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});
