import { defineConfig } from "vitest/config";
import { longTests } from "./test/long.ts";
import { secretSearch } from "./test/secrets/config.ts";
import { LongestFirst } from "./test/sequencer.ts";
import base, { compileCache } from "./vitest.config.ts";

// Each scenario starts programs and provider processes of its own, several times.
export default defineConfig({
  ...(base.resolve ? { resolve: base.resolve } : {}),
  test: {
    ...secretSearch,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    env: { NODE_COMPILE_CACHE: compileCache },
    include: [...longTests, "test/engine/**/*.test.ts", "test/reliability/**/*.suite.ts", "test/fuzz/**/*.suite.ts"],
    exclude: ["**/node_modules/**"],
  },
});
