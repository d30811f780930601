import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { cachedCliPath } from "../../scripts/pulumi-cli.mjs";

const run = promisify(execFile);
/** The CLI's own version: the SDKs come with it. */
const PULUMI_VERSION = "3.259.0";
/** Beside the CLI, outside the checkout: building takes minutes. */
const cache = dirname(dirname(dirname(cachedCliPath())));

function onPath(name: string, ...more: readonly string[]): string | undefined {
  const places = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return [...places, ...more].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const python = onPath("python3");
export const go = onPath("go", "/usr/local/go/bin/go");

/** Makes something in a folder of its own, once; it is there under its name only when it is complete. */
async function once(name: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const target = join(cache, name);
  if (isExecutable(target)) return target;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "tmp-"));
  try {
    await make(folder);
    renameSync(folder, target);
  } catch (error) {
    // Another test file may have been faster.
    if (!isExecutable(target)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return target;
}

/** A folder of Python packages with Pulumi's SDK and what generated libraries need besides, for PYTHONPATH. */
export async function pythonPackages(): Promise<string> {
  if (python === undefined) throw new Error("there is no python3 on PATH");
  const executable = python;
  return await once(`python-${PULUMI_VERSION}-libraries`, async (folder) => {
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    await run(executable, install.concat("--target", folder, `pulumi==${PULUMI_VERSION}`, "parver>=0.2.1"));
  });
}

/** Builds a Go program. @returns the executable */
export async function goProgram(source: string): Promise<string> {
  if (go === undefined) throw new Error("there is no go on PATH");
  const executable = go;
  const hash = createHash("sha256");
  for (const name of readdirSync(source).sort()) hash.update(readFileSync(join(source, name)));
  const folder = await once(`go-${hash.digest("hex").slice(0, 16)}`, (target) =>
    run(executable, ["build", "-o", join(target, "program"), "."], { cwd: source, env: goEnvironment() }),
  );
  return join(folder, "program");
}

export const schema = resolve(import.meta.dirname, "../../provider/hosts/plugin/schema.gen.json");

/** A new folder with the libraries that are made from the package schema: `python`, `go` and `nodejs`. */
export async function generatedLibraries(): Promise<string> {
  const generator = await goProgram(resolve(import.meta.dirname, "../e2e/fixtures/sdk-generator"));
  const folder = emptyFolder("anomify-sdks-");
  await run(generator, [schema, folder]);
  // A library in Python asks for its own version, which pip would have written down.
  const metadata = join(folder, "python/pulumi_anomify-0.1.0.dist-info");
  mkdirSync(metadata);
  writeFileSync(join(metadata, "METADATA"), "Metadata-Version: 2.1\nName: pulumi_anomify\nVersion: 0.1.0\n");
  return folder;
}

/** A checkout that is read-only, or of another user, is no reason to fail. */
const goEnvironment = () => ({ ...process.env, GOFLAGS: `${process.env.GOFLAGS ?? ""} -buildvcs=false -mod=readonly` });

/** A folder that holds nothing yet. */
export const emptyFolder = (prefix: string): string => mkdtempSync(join(tmpdir(), prefix));
