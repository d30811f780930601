import { existsSync } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";

/** The Pulumi project that objects are adopted into. */
export interface Project {
  /** Absolute path of its folder. */
  readonly directory: string;
  /** File of the program's start, below the folder; undefined when it was not found. */
  readonly entry: string | undefined;
  /** Whether a line can be appended to that file: a plain TypeScript file. */
  readonly editable: boolean;
  /** Whether imports need the ending of the compiled file. */
  readonly isModule: boolean;
  /** Config keys that some stack of the project has, without their namespace. */
  readonly configKeys: ReadonlySet<string>;
  /** Whether the provider can be loaded from the folder. */
  readonly hasProvider: boolean;
}

/** @throws Error when the folder has no project, or one that is not in Node.js */
export async function findProject(directory: string): Promise<Project> {
  const names = await readdir(directory).catch(() => []);
  const file = names.find((name) => /^Pulumi\.ya?ml$/.test(name));
  if (file === undefined) {
    throw new Error(
      `There is no Pulumi.yaml in ${directory}. Name the folder of a project with --cwd, or make a new project with: anomify export`,
    );
  }
  const settings = await readFile(join(directory, file), "utf8");
  const runtime = settingOf(settings, "runtime") ?? settingOf(settings, "runtime: *\\n +name");
  if (runtime !== undefined && runtime !== "nodejs") {
    throw new Error(
      `The project in ${directory} is in ${runtime}. Only projects of the runtime nodejs can adopt objects.`,
    );
  }
  const manifest = await readManifest(directory);
  const entry = await findEntry(directory, settingOf(settings, "main") ?? manifest.main);
  return {
    ...{ directory, entry, isModule: manifest.type === "module" },
    editable: entry === undefined ? false : await isPlainTypeScript(join(directory, entry)),
    configKeys: await configKeys(directory, names),
    hasProvider: canLoad(directory),
  };
}

/** Value of a setting on a line of its own. The rest of the file is Pulumi's matter. */
function settingOf(yaml: string, key: string): string | undefined {
  return new RegExp(`^${key}: *["']?([^"'#\\n]+?)["']? *(#.*)?$`, "m").exec(yaml)?.[1];
}

async function readManifest(directory: string): Promise<{ main?: string; type?: string }> {
  try {
    const { main, type } = JSON.parse(await readFile(join(directory, "package.json"), "utf8")) as Record<
      string,
      unknown
    >;
    return { ...(typeof main === "string" ? { main } : {}), ...(typeof type === "string" ? { type } : {}) };
  } catch {
    return {};
  }
}

async function findEntry(directory: string, main: string | undefined): Promise<string | undefined> {
  const given = main === undefined ? [] : [main, posix.join(main, "index.ts"), posix.join(main, "index.js")];
  for (const candidate of [...given, "index.ts", "index.js"].map((path) => posix.normalize(path))) {
    // A program outside of the folder is not ours to write to.
    if (candidate.startsWith("..") || posix.isAbsolute(candidate)) continue;
    const found = await lstat(join(directory, candidate)).catch(() => undefined);
    if (found?.isFile() || found?.isSymbolicLink()) return candidate;
  }
  return undefined;
}

/** A link leads to a file that may not be the project's own. */
async function isPlainTypeScript(path: string): Promise<boolean> {
  return path.endsWith(".ts") && (await lstat(path)).isFile();
}

async function configKeys(directory: string, names: readonly string[]): Promise<Set<string>> {
  const files = names.filter((name) => /^Pulumi\..+\.ya?ml$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(directory, name), "utf8")));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/^\s*["']?[\w.-]+:([\w.-]+)["']?:/gm)].map(([, key = ""]) => key)),
  );
}

function canLoad(directory: string): boolean {
  try {
    createRequire(join(directory, "package.json")).resolve("pulumi-anomify/package.json");
    return true;
  } catch {
    return false;
  }
}

/** Path of the new part of the program: the given one, or the first that is free. */
export function adoptedPath({ directory, entry }: Project, given: string | undefined): string {
  if (given !== undefined) return posix.normalize(given);
  const folder = posix.join(entry === undefined ? "." : dirname(entry), "anomify");
  for (let count = 1; ; count++) {
    const path = posix.join(folder, `adopted${count === 1 ? "" : `-${count}`}.ts`);
    if (!existsSync(join(directory, path))) return path;
  }
}

/** The line by which the program loads its new part. */
export function importLine({ entry = "index.ts", isModule }: Project, path: string): string {
  const relative = posix.relative(posix.dirname(entry), path).replace(/\.ts$/, isModule ? ".js" : "");
  const from = relative.startsWith(".") ? relative : `./${relative}`;
  return entry.endsWith(".js") && !isModule ? `require("${from}");` : `import "${from}";`;
}
