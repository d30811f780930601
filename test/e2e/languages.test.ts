import { execFile } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { cliEnvironment } from "../helpers/cli-environment.ts";
import { emptyFolder, generatedLibraries, go, python, pythonPackages } from "../helpers/languages.ts";
import { writePluginFolder } from "../helpers/plugin-folder.ts";
import { transcriptFiles } from "../secrets/transcript.ts";

// Programs of other languages through Pulumi's Automation API, which needs no language host: an explicit provider, people by
// address and by id, up, a preview and a refresh without changes, destroy.

const fixture = (path: string) => fileURLToPath(new URL(`fixtures/${path}`, import.meta.url));

async function runProgram(command: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const simulator = await startSimulator();
  const folder = emptyFolder("anomify-language-");
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const acme = simulator.organization("acme");
  const { env } = cliEnvironment(folder);
  const plugin = join(folder, "plugin");
  writePluginFolder(plugin);
  const { stdout } = await promisify(execFile)(command, [...args], {
    cwd: join(folder, "project"),
    env: {
      ...process.env,
      ...env,
      ...more,
      PATH: `${plugin}:${env.PATH}`,
      TOKEN: acme.token,
      ENDPOINT: simulator.url,
      ANOMIFY_STATE_DIR: join(folder, "notes"),
    },
  });
  transcriptFiles(`a program of ${command}`, join(folder, "state"));
  return { result: JSON.parse(stdout.trim().split("\n").at(-1) ?? ""), simulator, acme };
}

async function expectRoundTrip(ran: ReturnType<typeof runProgram>, name: string): Promise<void> {
  const { result, simulator, acme } = await ran;
  expect(result).toEqual({ watcher: 504, changes: { create: 4 } });
  const writes = simulator.journal.writes().map(({ operation }) => operation);
  expect(writes.sort()).toEqual(["addExclusion", "createWatcher", "deleteExclusion", "deleteWatcher"]);
  expect(acme.watchers().find((live) => live.id === 504)).toMatchObject({ name, deleted: true });
  const people = acme
    .watchers()
    .find((live) => live.id === 504)
    ?.alerts.map(({ ref }) => ref);
  expect(people?.sort()).toEqual(["101", "102"]);
}

test.skipIf(python === undefined || go === undefined)(
  "Python, with its own library: up, no changes, destroy",
  async () => {
    const libraries = await generatedLibraries();
    onTestFinished(() => rmSync(libraries, { recursive: true, force: true }));
    const packages = [join(libraries, "python"), await pythonPackages()].join(delimiter);
    const ran = runProgram(String(python), [fixture("python/program.py")], { PYTHONPATH: packages });
    await expectRoundTrip(ran, "From Python");
  },
);

/**
 * Builds the program with its library beside it, as a module that its own one names by its folder.
 *
 * @param files in place of those of the program, by name
 */
async function goProgramWithLibrary(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const libraries = await generatedLibraries();
  onTestFinished(() => rmSync(libraries, { recursive: true, force: true }));
  const [folder, library] = [join(libraries, "program"), join(libraries, "go/anomify")];
  cpSync(fixture("go"), folder, { recursive: true });
  for (const [name, file] of Object.entries(files)) cpSync(file, join(folder, name));
  const manifest = readFileSync(join(folder, "go.mod"), "utf8");
  const name = "github.com/anomify/pulumi-anomify/sdk/go/anomify";
  writeFileSync(join(library, "go.mod"), manifest.replace(/^module .*$/m, `module ${name}`));
  writeFileSync(join(folder, "go.mod"), `${manifest}\nrequire ${name} v0.0.0\n\nreplace ${name} => ${library}\n`);
  const env = { ...process.env, GOFLAGS: `${process.env.GOFLAGS ?? ""} -buildvcs=false -mod=mod` };
  await promisify(execFile)(go ?? "go", ["build", "-o", join(folder, "program"), "."], { cwd: folder, env });
  return join(folder, "program");
}

test.skipIf(go === undefined)("Go, with its own library: up, no changes, destroy", async () => {
  await expectRoundTrip(runProgram(await goProgramWithLibrary(), []), "From Go");
});

// The examples as a user copies them; only what starts the program is the test's.

const example = (path: string) => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));

async function expectExample(ran: ReturnType<typeof runProgram>): Promise<void> {
  const { result, acme } = await ran;
  expect(result).toEqual({ watcher: expect.any(Number), changes: { create: 5 } });
  const made = acme.watchers().find(({ id }) => id === result.watcher);
  expect(made).toMatchObject({ name: "Checkout is slow", deleted: true });
  expect(acme.exclusions().map(({ pattern }) => pattern)).not.toContain("staging.loadtest.web2");
}

test.skipIf(python === undefined || go === undefined)("the example of Python", async () => {
  const libraries = await generatedLibraries();
  onTestFinished(() => rmSync(libraries, { recursive: true, force: true }));
  const packages = [join(libraries, "python"), await pythonPackages()].join(delimiter);
  const args = [fixture("python/example.py"), example("python/__main__.py")];
  await expectExample(runProgram(String(python), args, { PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: "1" }));
});

test.skipIf(go === undefined)("the example of Go", async () => {
  const files = { "alerts.go": example("go/alerts.go"), "main.go": fixture("go-example/main.go") };
  await expectExample(runProgram(await goProgramWithLibrary(files), []));
});
