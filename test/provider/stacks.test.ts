import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
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

/** Where the engine learns that a resource is declared: the frames, the first one first. */
async function declaredAt(make: () => pulumi.CustomResource): Promise<string[]> {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: RegisterResourceRequest, callback: unknown): unknown;
  };
  const { registerResource } = monitor;
  const requests: RegisterResourceRequest[] = [];
  monitor.registerResource = (request, callback) => {
    requests.push(request);
    return registerResource.call(monitor, request, callback);
  };
  await new Promise((resolve) => make().urn.apply(resolve));
  const [request] = requests;
  expect(request?.getSourceposition()?.getUri()).toBe(request?.getStacktrace()?.getFramesList()[0]?.getPc()?.getUri());
  return (request?.getStacktrace()?.getFramesList() ?? []).map((frame) => frame.getPc()?.getUri() ?? "");
}

test("the state names the line of the program, and none of ours or of the SDK's", async () => {
  // The SDK reads no position from the frame of a function without a name.
  const declare = () => new anomify.Watcher("direct", { name: "direct", chips: ["cpu"] });
  const direct = await declaredAt(declare);
  expect(direct[0]).toMatch(/stacks\.test\.ts$/);
  expect(
    direct.filter((uri) => /provider\/(program\/)?(base-class|resource-class|index)\.|@pulumi\/pulumi\//.test(uri)),
  ).toEqual([]);
  class OurWatcher extends anomify.Watcher {}
  const declareOwn = () => new OurWatcher("derived", { name: "derived", chips: ["cpu"] });
  const derived = await declaredAt(declareOwn);
  expect(derived[0]).toMatch(/stacks\.test\.ts$/);
});
