import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Packs this package, as publishing it would, into the folder; the path of the tarball. Not with its scripts: those build
 * into an empty dist, from which other tests run.
 */
export async function pack(folder: string): Promise<string> {
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
  });
  const packed = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as unknown;
  const [entry] = (Array.isArray(packed) ? packed : Object.values(packed as object)) as Array<{ filename: string }>;
  if (entry === undefined) throw new Error(`npm pack named no file: ${stdout}`);
  return join(folder, entry.filename);
}

export interface PackedProject {
  /** Created; must not exist yet. */
  readonly directory: string;
  readonly tarball: string;
  /** Version of `@pulumi/pulumi`. */
  readonly sdk: string;
  /** What else package.json holds. */
  readonly manifest?: object;
  /** Text of further files, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Makes a Pulumi project and installs the tarball and the SDK into it from the registry. */
export async function installProject({ directory, tarball, sdk, manifest, files }: PackedProject): Promise<void> {
  mkdirSync(directory);
  const dependencies = { "@pulumi/pulumi": sdk, "pulumi-anomify": `file:${tarball}` };
  const own = {
    "package.json": JSON.stringify({ name: "throw-away", private: true, dependencies, ...manifest }),
    "Pulumi.yaml": "name: packed\nruntime: nodejs\n",
  };
  for (const [name, text] of Object.entries({ ...own, ...files })) writeFileSync(join(directory, name), text);
  const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"];
  await run("npm", ["install", ...flags], { cwd: directory });
}
