import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { findProgram, type Program, resolved } from "./program.ts";
import { readProjectSettings, type Settings } from "./settings.ts";

/** The Pulumi project that objects are adopted into. */
export interface Project extends Program, Settings {
  /** Absolute path of its folder. */
  readonly directory: string;
  /** Whether the provider can be loaded from the folder. */
  readonly hasProvider: boolean;
}

/** @throws Error when the folder has no project, or one that is not in Node.js */
export async function findProject(directory: string): Promise<Project> {
  const settings = await readProjectSettings(directory);
  if (settings.runtime !== "nodejs") {
    throw new Error(
      `The project in ${directory} is in ${settings.runtime}. Only projects of the runtime nodejs can adopt objects.`,
    );
  }
  const hasProvider = resolved(join(directory, "package.json"), "pulumi-anomify/package.json") !== undefined;
  return { ...settings, ...(await findProgram(directory, settings)), directory, hasProvider };
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
export function importLine({ entry = "index.ts", isModule, ending }: Project, path: string): string {
  const relative = posix.relative(posix.dirname(entry), path).replace(/\.ts$/, ending);
  const from = relative.startsWith(".") ? relative : `./${relative}`;
  return entry.endsWith(".js") && !isModule ? `require("${from}");` : `import "${from}";`;
}
