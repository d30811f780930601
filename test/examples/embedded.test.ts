import { createStack } from "pulumi-anomify/testing";
import { beforeAll, describe, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { examples, roundTrip } from "../helpers/examples.ts";

beforeAll(ensureBuilt);

describe("every example, with the embedded engine", () => {
  it.each(examples)("%s: up, no changes, refresh without changes, destroy", async (example) => {
    await roundTrip(createStack, example);
  });
});
