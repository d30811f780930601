import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { StackOptions } from "./types.ts";

export interface Project {
  name: string;
  /** Directory of Pulumi.yaml. */
  root: string;
  /** The program's working directory, from which provider code is resolved too. */
  programDirectory: string;
  /** What Pulumi's runner is given: "." for a directory. */
  entry: string;
  typescript: boolean;
}

/** The top-level scalars of a Pulumi.yaml. Everything nested is skipped. */
function readManifest(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, "utf8").matchAll(
    /^([A-Za-z][\w-]*):[ \t]+(?:"([^"]*)"|'([^']*)'|([^#\r\n]*?))[ \t]*(?:#.*)?$/gm,
  );
  return Object.fromEntries(
    [...lines].map(([, key = "", double, single, plain]) => [key, double ?? single ?? plain ?? ""]),
  );
}

/** Finds the program the way Pulumi does. */
export function loadProject(options: StackOptions): Project {
  const root = resolve(options.directory);
  const manifest = readManifest(join(root, "Pulumi.yaml"));
  const name = options.project ?? manifest.name;
  if (!name) throw new Error(`${root} has no Pulumi.yaml with a name; give the option "project"`);
  const main = resolve(root, options.entry ?? manifest.main ?? ".");
  const isDirectory = !existsSync(main) || statSync(main).isDirectory();
  const programDirectory = isDirectory ? main : dirname(main);
  const entry = isDirectory ? "." : basename(main);
  return { name, root, programDirectory, entry, typescript: isTypeScript(programDirectory, entry) };
}

/** Whether the runner has to load a TypeScript compiler, which takes about a second. */
function isTypeScript(directory: string, entry: string): boolean {
  if (entry !== ".") return /\.[cm]?tsx?$/.test(entry);
  const manifest = join(directory, "package.json");
  const main = existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, "utf8")) as { main?: string }).main
    : undefined;
  if (main) return /\.[cm]?tsx?$/.test(main);
  return !existsSync(join(directory, "index.js")) && existsSync(join(directory, "index.ts"));
}
