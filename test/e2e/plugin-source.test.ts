import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { yamlLanguageHost } from "../../scripts/pulumi-cli.mjs";
import { cliEnvironment } from "../helpers/cli-environment.ts";
import { createCliStack } from "../helpers/cli-stack.ts";
import { emptyFolder } from "../helpers/languages.ts";
import { transcript } from "../secrets/transcript.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** The files of the checkout as they are, with the dependencies that `npm ci` would install. */
async function sources(): Promise<string> {
  const folder = emptyFolder("anomify-sources-");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { stdout } = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root });
  for (const file of stdout.split("\0").filter((name) => /^(?!test\/|docs\/|examples\/)./.test(name))) {
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  // As Pulumi does where it has a provider as sources.
  const installed = await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: join(folder, "plugin/nodejs") });
  transcript("npm install of the plugin's folder", installed.stdout + installed.stderr);
  return join(folder, "plugin/nodejs");
}

test("a checkout is built once, has the schema, can be added to a project, and serves its program", async () => {
  const plugin = await sources();
  const simulator = await startSimulator();
  const folder = emptyFolder("anomify-added-");
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const { cli, env } = cliEnvironment(folder);
  const yaml = yamlLanguageHost().path ?? expect.fail("there is no language host of Pulumi YAML");
  const options = {
    cwd: join(folder, "project"),
    env: { ...process.env, ...env, PATH: [dirname(yaml), env.PATH].join(delimiter) },
    maxBuffer: 1 << 26,
  };

  interface Schema {
    readonly resources: Readonly<Record<string, unknown>>;
    readonly functions: Readonly<Record<string, unknown>>;
  }
  const { stdout: served } = await run(cli, ["package", "get-schema", plugin], options);
  const schema = readFileSync(join(root, "provider/hosts/plugin/schema.gen.json"), "utf8");
  // The CLI prints it in a form of its own.
  const namesIn = ({ resources, functions }: Schema) => [...Object.keys(resources), ...Object.keys(functions)].sort();
  expect(namesIn(JSON.parse(served))).toEqual(namesIn(JSON.parse(schema)));

  const program = readFileSync(join(root, "examples/yaml/Pulumi.yaml"), "utf8");
  const project = join(folder, "added");
  mkdirSync(project);
  writeFileSync(join(project, "Pulumi.yaml"), program.replace("node_modules/pulumi-anomify/plugin", plugin));
  const added = await run(cli, ["package", "add", plugin], { ...options, cwd: project }).catch(
    // The language host of YAML programs that can be had here does not link packages; all before that is done.
    (error: { stdout: string; stderr: string }) => error,
  );
  transcript("pulumi package add", added.stdout + added.stderr);
  expect(added.stdout + added.stderr).toContain("Successfully generated an SDK for the anomify package");

  const stack = await createCliStack({
    directory: project,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(() => stack.close());
  const up = await stack.up();
  expect(up.ok, up.stdout + up.stderr).toBe(true);
  const again = await stack.preview({ expectNoChanges: true });
  expect(again.ok, again.stdout + again.stderr).toBe(true);
  expect((await stack.destroy()).ok).toBe(true);
});
