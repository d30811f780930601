import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createStack } from "pulumi-anomify/testing";
import { beforeAll, test } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { realModules, runProgram } from "../helpers/exported.ts";
import { configOf, directory, reproduce } from "../helpers/reproduce.ts";

beforeAll(ensureBuilt);

test("the example takes acme over and makes globex like it, with the embedded engine", async () => {
  const files = ["index.ts", "component.ts"].map((path) => ({
    ...{ path, text: readFileSync(join(directory, path), "utf8"), mode: 0o644 },
  }));
  await reproduce(
    (stack, options) => createStack({ ...options, config: { ...configOf(stack), ...options.config } }),
    async () => runProgram(files, realModules()),
  );
});
