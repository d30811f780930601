import { createStack } from "pulumi-anomify/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { examples, roundTrip } from "../helpers/examples.ts";

beforeAll(ensureBuilt);

describe("every example, with the real CLI", () => {
  it.each(examples)(
    "%s: the round passes, and both engines end in the same state with the same writes",
    async (example) => {
      const real = await roundTrip(createCliStack, example);
      const embedded = await roundTrip(createStack, example);
      expect(embedded.resources).toEqual(real.resources);
      expect(embedded.writes).toEqual(real.writes);
    },
  );
});
