import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { longTests } from "./test/long.ts";
import { secretSearch } from "./test/secrets/config.ts";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// Tests import what users import; the names lead to the sources, so that a test needs no build unless it starts a provider process.
const alias = [
  { find: /^pulumi-anomify$/, replacement: source("./provider/index.ts") },
  { find: "pulumi-anomify/dynamic", replacement: source("./provider/dynamic.ts") },
  { find: "pulumi-anomify/native", replacement: source("./provider/native.ts") },
  { find: "pulumi-anomify/sdk", replacement: source("./sdk/index.ts") },
  { find: "pulumi-anomify/simulator", replacement: source("./simulator/index.ts") },
  { find: "pulumi-anomify/routing/vitest", replacement: source("./routing/vitest.ts") },
  { find: "pulumi-anomify/routing", replacement: source("./routing/index.ts") },
  { find: "pulumi-anomify/policy", replacement: source("./policy/index.ts") },
  { find: "pulumi-anomify/testing", replacement: source("./test/secrets/testing.ts") },
];
/** Of the code that child processes load. */
export const compileCache = source("./node_modules/.cache/anomify-tests");

export default defineConfig({
  resolve: { alias },
  test: {
    ...secretSearch,
    // Provider processes and language hosts on a shared two-core machine: generous, since no test asserts on time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Provider processes, language hosts and programs load the same modules again and again: they need not compile them each time.
    env: { NODE_COMPILE_CACHE: compileCache },
    include: ["test/**/*.test.ts"],
    // test:engine and test:e2e take minutes, and are run by .ci/run.
    exclude: [...longTests, "test/engine/**", "test/e2e/**", "test/packed/**", "**/node_modules/**"],
  },
});
