import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSimulator } from "pulumi-anomify/simulator";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { ensureBuilt } from "../helpers/build.ts";
import { createCliStack } from "../helpers/cli-stack.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const ARGS = `{ type: "skip_analysis", pattern: "staging.web2", note: "Kept" }`;
const today = `new (require("pulumi-anomify").Exclusion)("kept", ${ARGS});`;
const native = `new (require("@pulumi/pulumi").CustomResource)("anomify:index:Exclusion", "kept", ${ARGS}, {
  aliases: [{ type: "pulumi-nodejs:dynamic/anomify:Exclusion" }],
});`;

beforeAll(ensureBuilt);

/** A folder with the plugin as an executable, where Pulumi looks for it on PATH. */
function plugin(folder: string): void {
  const path = join(folder, "pulumi-resource-anomify");
  const script = fileURLToPath(new URL("./fixtures/native-plugin.cjs", import.meta.url));
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(path, 0o755);
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test("a native plugin takes over by an alias of the type: same id, no replacement, no write, and a refresh as well", async () => {
  const simulator = await startSimulator();
  const directory = mkdtempSync(join(tmpdir(), "anomify-native-"));
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const log = join(directory, "asked.txt");
  plugin(directory);
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "dir");
  writeFileSync(join(directory, "package.json"), '{"name":"native","private":true,"main":"index.cjs"}\n');
  writeFileSync(join(directory, "Pulumi.yaml"), "name: native\nruntime: nodejs\nmain: index.cjs\n");
  const program = (code: string) => writeFileSync(join(directory, "index.cjs"), `${code}\n`);
  program(today);
  const stack = await createCliStack({
    directory,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
    env: { NATIVE_PLUGIN_LOG: log },
  });
  onTestFinished(() => stack.close());
  const kept = () =>
    stack.exportState().deployment.resources?.find(({ urn }) => urn.endsWith("::kept")) ?? expect.fail("not recorded");

  expect((await stack.up()).ok).toBe(true);
  const { id } = kept();
  expect(existsSync(log)).toBe(false);

  program(native);
  const taken = await stack.up({ expectNoChanges: true });
  expect(taken.ok, JSON.stringify(taken.diagnostics)).toBe(true);
  expect(kept()).toMatchObject({ id, type: "anomify:index:Exclusion" });
  expect((await stack.refresh({ expectNoChanges: true })).ok).toBe(true);
  // The up, then the refresh.
  expect(readFileSync(log, "utf8").split("\n").filter(Boolean)).toEqual([`diff ${id}`, `read ${id}`, `diff ${id}`]);
  expect(simulator.journal.writes().map(({ operation }) => operation)).toEqual(["addExclusion"]);
});
