import { defineConfig } from "tsdown";

const libraries = {
  "provider/index": "provider/index.ts",
  "provider/dynamic": "provider/dynamic.ts",
  "provider/native": "provider/native.ts",
  "sdk/index": "sdk/index.ts",
  "simulator/index": "simulator/index.ts",
  "testing/index": "testing/index.ts",
  "routing/index": "routing/index.ts",
  "routing/vitest": "routing/vitest.ts",
  "policy/index": "policy/index.ts",
};
const common = {
  platform: "node",
  target: "node22",
  fixedExtension: false,
  inputOptions: { checks: { pluginTimings: false } },
} as const;

export default defineConfig([
  {
    ...common,
    entry: { ...libraries, "cli/main": "cli/main.ts" },
    format: "esm",
    dts: true,
    clean: false,
  },
  // Node 22.0-22.11 cannot require() an ES module, so the CommonJS build carries the dependencies that ship only that.
  {
    ...common,
    entry: libraries,
    format: "cjs",
    dts: true,
    clean: false,
    deps: { alwaysBundle: ["env-paths", "is-safe-filename", "ky", "p-limit", "yocto-queue"] },
  },
  // Programs in other languages have no node_modules: one file with all it needs.
  {
    ...common,
    entry: { "plugin/main": "provider/hosts/plugin/main.ts" },
    format: "esm",
    dts: false,
    clean: false,
    deps: { alwaysBundle: [/./] },
    outputOptions: { codeSplitting: false },
  },
]);
