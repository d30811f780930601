import { execFile } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { pulumiCli } from "../../scripts/pulumi-cli.mjs";
import { generatedLibraries, go, python, pythonPackages, schema } from "../helpers/languages.ts";

// The libraries of other languages, made from the package schema as `pulumi package add` makes them.

const run = promisify(execFile);
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

async function generated(): Promise<string> {
  const folder = await generatedLibraries();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("the CLI finds nothing wrong with the schema", async () => {
  const cli = pulumiCli();
  if (cli.path === null) throw new Error(cli.reason);
  const { stdout, stderr } = await run(cli.path, ["schema", "check", schema]);
  expect(stdout + stderr).toBe("");
});

test.skipIf(go === undefined)("Go: the library compiles, and its classes have the aliases", async () => {
  const library = join(await generated(), "go/anomify");
  const module = "github.com/anomify/pulumi-anomify/sdk/go/anomify";
  const manifest = readFileSync(path("./fixtures/go/go.mod"), "utf8");
  writeFileSync(join(library, "go.mod"), manifest.replace(/^module .*$/m, `module ${module}`));
  copyFileSync(path("./fixtures/go/go.sum"), join(library, "go.sum"));
  await run(go ?? "go", ["vet", "-mod=mod", "./..."], { cwd: library });
  expect(readFileSync(join(library, "watcher.go"), "utf8")).toContain("pulumi-nodejs:dynamic/anomify:Watcher");
});

test.skipIf(python === undefined)(
  "Python: the library compiles, and every class and function can be imported",
  async () => {
    const library = join(await generated(), "python");
    const executable = python ?? "python3";
    await run(executable, ["-m", "compileall", "-q", library]);
    const names = ["Watcher", "ThresholdWatcher", "Exclusion", "AdminAlert", "OrgSettings", "User", "Provider"];
    const functions = ["get_user", "get_users", "get_chips", "get_watcher", "get_organization"];
    const program = `import pulumi_anomify as a\nfor name in ${JSON.stringify([...names, ...functions])}: getattr(a, name)\n`;
    const env = { ...process.env, PYTHONPATH: `${library}:${await pythonPackages()}` };
    await run(executable, ["-c", program], { env });
  },
);
