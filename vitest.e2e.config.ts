import { defineConfig } from "vitest/config";
import { secretSearch } from "./test/secrets/config.ts";
import { LongestFirst } from "./test/sequencer.ts";
import base, { compileCache } from "./vitest.config.ts";

// Each step starts the real CLI, which starts language hosts and provider processes: slow, so two files run at a time.
export default defineConfig({
  ...(base.resolve ? { resolve: base.resolve } : {}),
  test: {
    ...secretSearch,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    env: { NODE_COMPILE_CACHE: compileCache },
    include: ["test/e2e/**/*.test.ts", "test/packed/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
  },
});
