import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { version } from "pulumi-anomify/sdk";
import { startSimulator } from "pulumi-anomify/simulator";
import { expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { createCliStack } from "../helpers/cli-stack.ts";
import { emptyFolder } from "../helpers/languages.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("the archive of a release is installed from its file, and serves a program that names no plugin", async () => {
  const folder = emptyFolder("anomify-archive-");
  const simulator = await startSimulator();
  onTestFinished(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const script = join(root, "scripts/release-plugin.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, "release")]);
  const archive = stdout.trim();
  expect(archive).toContain(`pulumi-resource-anomify-v${version}-`);

  const project = join(folder, "project");
  mkdirSync(project);
  const { plugins: _plugins, ...program } = parse(readFileSync(join(root, "examples/yaml/Pulumi.yaml"), "utf8"));
  writeFileSync(join(project, "Pulumi.yaml"), stringify(program));
  const stack = await createCliStack({
    directory: project,
    config: { "anomify:endpoint": simulator.url },
    secrets: { "anomify:token": simulator.organization("acme").token },
  });
  onTestFinished(() => stack.close());
  await stack.command(["plugin", "install", "resource", "anomify", `v${version}`, "--file", archive]);
  expect(await stack.command(["plugin", "ls"])).toMatch(/anomify\s+resource\s+0\.\d+\.\d+/);
  const up = await stack.up();
  expect(up.ok, up.stdout + up.stderr).toBe(true);
  const again = await stack.preview({ expectNoChanges: true });
  expect(again.ok, again.stdout + again.stderr).toBe(true);
  expect((await stack.destroy()).ok).toBe(true);
});
