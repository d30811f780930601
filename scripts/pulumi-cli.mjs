#!/usr/bin/env node
// Finds a Pulumi CLI for the end-to-end tests, or builds one from its Go module where nothing can be downloaded but Go modules can.
// Use: node scripts/pulumi-cli.mjs [--build]   prints the path; without a CLI it says why and fails.
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const VERSION = "3.259.0";
const MODULE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_FLAG = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${VERSION}`;

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

/** Where a CLI of our own is kept: outside the checkout, so that it survives it and is never committed. */
export function cachedCliPath() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "pulumi-anomify-cli", VERSION, "bin", "pulumi");
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ["ignore", 2, 2] });
  if (error || status !== 0)
    throw new Error(`${command} ${args[0]} failed${error ? `: ${error.message}` : ` with ${status}`}`);
}

/** Takes about four minutes on two cores. The result appears under its name only when it is complete. */
function build(go, target) {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-cli-"));
  const built = `${target}.${process.pid}.tmp`;
  try {
    process.stderr.write(`Building the Pulumi CLI ${VERSION} with ${go}; this happens once and takes a few minutes.\n`);
    mkdirSync(dirname(target), { recursive: true });
    run(go, ["mod", "init", "pulumi-cli"], folder);
    run(go, ["get", `${MODULE}@v${VERSION}`], folder);
    run(go, ["build", "-o", built, "-ldflags", `-s -w ${VERSION_FLAG}`, MODULE], folder);
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
  const go = onPath("go") ?? ["/usr/local/go/bin/go"].find(isExecutable);
  if (!go)
    return {
      path: null,
      reason: `there is no pulumi on PATH, and no Go (1.25.11 or newer) to build version ${VERSION} with`,
    };
  try {
    build(go, cached);
  } catch (error) {
    return { path: null, reason: `the Pulumi CLI could not be built: ${error.message}` };
  }
  return own;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = pulumiCli({ build: process.argv.includes("--build") });
  if (found.path === null) {
    process.stderr.write(`No Pulumi CLI: ${found.reason}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(`${found.path}\n`);
  }
}
