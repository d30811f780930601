import { lstat, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { findCompiler } from "./compiler.ts";
import type { Settings } from "./settings.ts";

/** How a program loads a module of its own. */
export interface Program {
  /** File of its start, below the project's folder; undefined when it was not found. */
  readonly entry: string | undefined;
  /** Whether a line can be appended to that file: a plain TypeScript file. */
  readonly editable: boolean;
  /** Whether the file of its start is an ES module. */
  readonly isModule: boolean;
  /** What an import of a TypeScript file ends with. */
  readonly ending: "" | ".js" | ".ts";
  /** Why a new module cannot be added to it, with the next step; undefined when it can. */
  readonly refusal: string | undefined;
}

/** Finds the start of the program as Pulumi does, and how modules are found from there. */
export async function findProgram(directory: string, settings: Settings): Promise<Program> {
  const { entry, type } = await findEntry(directory, settings.main ?? ".");
  const isModule = /\.m[jt]s$/.test(entry ?? "") || (type === "module" && !/\.c[jt]s$/.test(entry ?? ""));
  const shape = { entry, isModule, settings, directory };
  const ending = endingOf(shape);
  return {
    entry,
    isModule,
    ending,
    refusal: refusalOf(shape, ending),
    // A link leads to a file that may not be the project's own.
    editable: entry?.endsWith(".ts") === true && (await lstat(join(directory, entry))).isFile(),
  };
}

interface Shape {
  readonly entry: string | undefined;
  readonly isModule: boolean;
  readonly settings: Settings;
  readonly directory: string;
}

function endingOf({ entry = "index.ts", isModule, settings, directory }: Shape): Program["ending"] {
  const isScript = !entry.endsWith(".ts");
  // Node.js finds a TypeScript file by its whole name alone; ts-node takes that from JavaScript too.
  if (!isModule) return isScript ? ".ts" : "";
  const options = findCompiler(directory, entry, settings.runtimeOptions)?.options ?? {};
  if (options.allowImportingTsExtensions || options.rewriteRelativeImportExtensions) return ".ts";
  return isScript && !hasLoader(directory, settings) ? ".ts" : ".js";
}

function refusalOf({ entry, isModule, settings, directory }: Shape, ending: Program["ending"]): string | undefined {
  if (entry === undefined) return undefined;
  if (!/\.[jt]s$/.test(entry)) {
    return `The program begins in ${entry}: only a program that begins in a .ts or .js file can be given a new module. Take the objects over in a project of their own: anomify export`;
  }
  if (isCompiled(directory, entry)) {
    return `Pulumi runs ${entry}, which is compiled from TypeScript. Give --no-edit and a file among the sources, such as --out src/adopted.ts, import it there, and compile before the preview.`;
  }
  if (entry.endsWith(".js") && settings.runtimeOptions.typescript === false && process.features.typescript === false) {
    return "Pulumi.yaml turns TypeScript off (runtime.options.typescript), and the new module is in TypeScript. Turn it on, or take the objects over in a project of their own: anomify export";
  }
  if (isModule && ending === ".js" && !hasLoader(directory, settings)) {
    return 'The program is an ES module in TypeScript that Node.js runs itself, and its tsconfig.json does not let it import "./file.ts". Set allowImportingTsExtensions and noEmit there, or run: npm install --save-dev ts-node';
  }
  return undefined;
}

/** Whether something maps the `.js` of an import to a TypeScript file. What is not installed yet is given the benefit of the doubt. */
function hasLoader(directory: string, { runtimeOptions }: Settings): boolean {
  if (/--(experimental-)?(loader|import|require)\b|-r\b/.test(String(runtimeOptions.nodeargs ?? ""))) return true;
  const sdk = resolved(join(directory, "package.json"), "@pulumi/pulumi/package.json");
  // Pulumi looks for it from where its SDK is.
  return sdk === undefined || resolved(sdk, "ts-node/esm") !== undefined;
}

/** Written by the compiler, beside its source or in a folder of results. */
function isCompiled(directory: string, entry: string): boolean {
  if (!entry.endsWith(".js")) return false;
  const compiler = findCompiler(directory, entry);
  return compiler?.isResult(entry) ?? /^(bin|build|dist|lib|out)\//.test(entry);
}

/** Path of a module as a file would load it; undefined when it is not installed. */
export function resolved(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

interface Found {
  readonly entry: string | undefined;
  /** `type` of the package that the program belongs to. */
  readonly type: unknown;
}

/** @param main of Pulumi.yaml, else the project's folder */
async function findEntry(directory: string, main: string): Promise<Found> {
  const start = posix.normalize(main).replace(/\/$/, "");
  const isFile = (await lstat(join(directory, start)).catch(() => undefined))?.isDirectory() === false;
  const manifest = await nearestManifest(join(directory, isFile ? dirname(start) : start));
  const own = isFile ? [] : mainOf(manifest.content).map((path) => posix.join(below(directory, manifest.folder), path));
  const candidates = [
    ...own.flatMap((path) => [path, posix.join(path, "index.js"), posix.join(path, "index.ts")]),
    start,
    `${start}.ts`,
    `${start}.js`,
    posix.join(start, "index.js"),
    posix.join(start, "index.ts"),
  ];
  const { type } = manifest.content;
  for (const candidate of candidates.map((path) => posix.normalize(path))) {
    // A program outside of the folder is not ours to write to.
    if (candidate.startsWith("..") || posix.isAbsolute(candidate)) continue;
    const found = await lstat(join(directory, candidate)).catch(() => undefined);
    if (found?.isFile() || found?.isSymbolicLink()) return { entry: candidate, type };
  }
  return { entry: undefined, type };
}

const below = (directory: string, folder: string) => posix.relative(directory, folder) || ".";

/** What a package says is its start, in the order in which Pulumi's runner takes it. */
function mainOf({ exports, main }: Readonly<Record<string, unknown>>): string[] {
  const whole = exports as string | { readonly ".": unknown } | undefined;
  const dot = typeof whole === "object" && whole !== null ? whole["."] : whole;
  const conditions = (typeof dot === "object" && dot !== null ? dot : {}) as Readonly<Record<string, unknown>>;
  const found = [dot, conditions.default ?? conditions.require ?? conditions.import, whole === undefined ? main : ""];
  return found.filter((path): path is string => typeof path === "string" && path !== "");
}

/** The package.json of a folder or of the nearest one above it; empty when there is none. */
async function nearestManifest(
  folder: string,
): Promise<{ readonly folder: string; readonly content: Readonly<Record<string, unknown>> }> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
  const above = dirname(folder);
  if (text === undefined) return above === folder ? { folder, content: {} } : await nearestManifest(above);
  try {
    return { folder, content: (JSON.parse(text) ?? {}) as Readonly<Record<string, unknown>> };
  } catch {
    return { folder, content: {} };
  }
}
