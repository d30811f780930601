import { beforeAll, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { reproduce, settingsOf } from "../helpers/reproduce.ts";

beforeAll(ensureBuilt);

test("the example takes acme over and makes globex like it, with the real CLI and the settings of its stacks", async () => {
  await reproduce((stack, options) => createCliStack(options, settingsOf(stack)));
});
