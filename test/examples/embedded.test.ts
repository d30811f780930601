import { createStack } from "pulumi-anomify/testing";
import { beforeAll, describe, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { roundTrip } from "../helpers/examples.ts";

beforeAll(ensureBuilt);

// The end-to-end suite takes all examples through both engines; these two have most in them.
describe("examples, with the embedded engine", () => {
  it.each(["quickstart"])("%s: up, no changes, refresh without changes, destroy", async (example) => {
    await roundTrip(createStack, example);
  });
});
