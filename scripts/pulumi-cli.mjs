#!/usr/bin/env node
// Finds a Pulumi CLI and the language host of Pulumi YAML for the end-to-end tests, or builds them from their Go modules where
// nothing can be downloaded but Go modules can.
// Use: node scripts/pulumi-cli.mjs [--build]   prints the path; without a CLI it says why and fails.
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const CLI = {
  name: "the Pulumi CLI",
  version: "3.259.0",
  module: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  variable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
};
const YAML_HOST = {
  name: "the language host of Pulumi YAML",
  version: "1.25.0",
  module: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  variable: "github.com/pulumi/pulumi-yaml/pkg/version.Version",
};

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name) {
  const directories = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

/** Where programs of our own are kept: outside the checkout, so that they survive it and are never committed. */
function cache(...path) {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-anomify-cli", ...path);
}

export function cachedCliPath() {
  return cache(CLI.version, "bin", "pulumi");
}

/** Not in the folder of the CLI, where it would stand for a whole installation. */
function cachedYamlHostPath() {
  return cache(`yaml-${YAML_HOST.version}`, "bin", "pulumi-language-yaml");
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ["ignore", 2, 2] });
  if (error || status !== 0)
    throw new Error(`${command} ${args[0]} failed${error ? `: ${error.message}` : ` with ${status}`}`);
}

/** Takes about four minutes on two cores, or one when the modules are there. The result appears only when it is complete. */
function build(go, { name, version, module, variable }, target) {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cli-"));
  const built = `${target}.${process.pid}.tmp`;
  try {
    process.stderr.write(`Building ${name} ${version} with ${go}; this happens once and takes a few minutes.\n`);
    mkdirSync(dirname(target), { recursive: true });
    run(go, ["mod", "init", "pulumi-cli"], folder);
    run(go, ["get", `${module}@v${version}`], folder);
    run(go, ["build", "-o", built, "-ldflags", `-s -w -X ${variable}=v${version}`, module], folder);
    chmodSync(built, 0o755);
    renameSync(built, target);
  } finally {
    rmSync(built, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The CLI to use. An installed one comes first, then one that was built before, then, if asked for, a new build.
 *
 * @param {{ build?: boolean }} [options]
 * @returns {{ path: string, hasLanguageHost: boolean, isInstalled: boolean } | { path: null, reason: string }}
 */
export function pulumiCli(options = {}) {
  const installed = onPath("pulumi");
  if (installed) {
    const beside = join(dirname(installed), "pulumi-language-nodejs");
    const hasLanguageHost = isExecutable(beside) || onPath("pulumi-language-nodejs") !== undefined;
    return { path: installed, hasLanguageHost, isInstalled: true };
  }
  const cached = cachedCliPath();
  const own = { path: cached, hasLanguageHost: onPath("pulumi-language-nodejs") !== undefined, isInstalled: false };
  if (isExecutable(cached)) return own;
  if (!options.build)
    return {
      path: null,
      reason: `there is no pulumi on PATH and none at ${cached}; \`node scripts/pulumi-cli.mjs --build\` builds one`,
    };
  const reason = made(CLI, cached);
  return reason === undefined ? own : { path: null, reason };
}

/**
 * The language host of Pulumi YAML: an installed one, which comes with the CLI, else one that was built.
 *
 * @param {{ build?: boolean }} [options]
 * @returns {{ path: string } | { path: null, reason: string }}
 */
export function yamlLanguageHost(options = {}) {
  const installed = onPath("pulumi-language-yaml");
  if (installed) return { path: installed };
  const cached = cachedYamlHostPath();
  if (isExecutable(cached)) return { path: cached };
  if (!options.build)
    return {
      path: null,
      reason: `there is no pulumi-language-yaml on PATH and none at ${cached}; \`node scripts/pulumi-cli.mjs --build\` builds one`,
    };
  const reason = made(YAML_HOST, cached);
  return reason === undefined ? { path: cached } : { path: null, reason };
}

/** Builds a program. @returns why it could not be built, if so */
function made(program, target) {
  const go = onPath("go") ?? ["/usr/local/go/bin/go"].find(isExecutable);
  if (!go)
    return `${program.name} is not on PATH, and there is no Go (1.25.11 or newer) to build version ${program.version} with`;
  try {
    build(go, program, target);
    return undefined;
  } catch (error) {
    return `${program.name} could not be built: ${error.message}`;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = { build: process.argv.includes("--build") };
  const found = pulumiCli(options);
  const yaml = yamlLanguageHost(options);
  if (found.path === null || yaml.path === null) {
    process.stderr.write(`${found.reason ?? yaml.reason}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(`${found.path}\n`);
  }
}
