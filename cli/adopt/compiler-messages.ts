import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printable } from "../../domain/text/printable.ts";
import { findCompiler } from "./compiler.ts";
import type { AdoptionPlan } from "./plan.ts";
import { importLine, type Project } from "./project.ts";

/** How many of the compiler's messages are shown. */
const MAX_MESSAGES = 3;

/**
 * What the project's own compiler would say of the new module and of the line that loads it; nothing where it has no compiler, or
 * not all packages yet.
 *
 * @param edited whether the line is appended to the start of the program
 */
export function compilerMessages(project: Project, { program }: AdoptionPlan, edited: boolean): string[] {
  const { directory, entry, runtimeOptions, hasProvider } = project;
  if (!hasProvider) return [];
  const compiler = findCompiler(directory, entry ?? "index.ts", runtimeOptions);
  if (compiler === undefined) return [];
  const files = [{ path: program.path, text: program.text, from: 0 }];
  if (edited && entry !== undefined) {
    const before = `${readFileSync(join(directory, entry), "utf8")}\n`;
    files.push({ path: entry, text: `${before}${importLine(project, program.path)}\n`, from: before.length });
  }
  const found = compiler.messages(files).slice(0, MAX_MESSAGES).map(printable);
  if (found.length === 0) return [];
  return [
    `The compiler of this project does not take the new module:\n${found.join("\n")}\nChange tsconfig.json, or take the objects over in a project of their own: anomify export`,
  ];
}
