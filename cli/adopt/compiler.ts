import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type ts from "typescript";

/** The TypeScript compiler of a project, with the options under which its program is compiled. */
export interface Compiler {
  readonly options: ts.CompilerOptions;
  /** Whether a JavaScript file below the project's folder is one that the compiler writes. */
  isResult(path: string): boolean;
  /** What it says of files that are not written yet, after `from` characters of each. Nothing but the files' own errors. */
  messages(files: ReadonlyArray<{ readonly path: string; readonly text: string; readonly from: number }>): string[];
}

/**
 * The compiler that the project has installed; undefined when it has none.
 *
 * @param entry start of the program; beside it Pulumi looks for tsconfig.json
 */
export function findCompiler(
  directory: string,
  entry: string,
  runtimeOptions: Readonly<Record<string, unknown>> = {},
): Compiler | undefined {
  const typescript = load(directory);
  if (typescript === undefined) return undefined;
  const named = typeof runtimeOptions.tsconfig === "string" ? [join(directory, runtimeOptions.tsconfig)] : [];
  const places = [...named, join(directory, dirname(entry), "tsconfig.json"), join(directory, "tsconfig.json")];
  const path = places.find((place) => existsSync(place));
  const options = optionsOf(typescript, path);
  return {
    options,
    isResult: (file) =>
      path !== undefined &&
      (isWithin(join(directory, file), options.outDir) || existsSync(join(directory, file.replace(/\.js$/, ".ts")))),
    messages: (files) => messages(typescript, options, directory, files),
  };
}

function load(directory: string): typeof ts | undefined {
  try {
    const found = createRequire(join(directory, "package.json"))("typescript") as typeof ts;
    // Later versions have no compiler that can be called from here.
    return typeof found.createProgram === "function" ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Without a tsconfig.json, what Pulumi compiles with then. */
function optionsOf(typescript: typeof ts, path: string | undefined): ts.CompilerOptions {
  if (path === undefined) {
    const { NodeNext } = typescript.ModuleKind;
    return { target: typescript.ScriptTarget.ES2020, module: NodeNext, types: [], skipLibCheck: true };
  }
  const { config } = typescript.readConfigFile(path, typescript.sys.readFile);
  // Which files belong to it does not matter here, and is slow to find out.
  const host = { ...typescript.sys, readDirectory: () => [] };
  return typescript.parseJsonConfigFileContent(config ?? {}, host, dirname(path)).options;
}

function isWithin(path: string, folder: string | undefined): boolean {
  return folder !== undefined && !relative(folder, path).startsWith("..");
}

function messages(
  typescript: typeof ts,
  given: ts.CompilerOptions,
  directory: string,
  files: Parameters<Compiler["messages"]>[0],
): string[] {
  const options = { ...given, noEmit: true, incremental: false, composite: false };
  const virtual = new Map(files.map((file) => [join(directory, file.path), file]));
  const folders = new Set([...virtual.keys()].map((path) => dirname(path)));
  const host = typescript.createCompilerHost(options);
  const disk = { fileExists: host.fileExists, readFile: host.readFile, directoryExists: host.directoryExists };
  host.fileExists = (path) => virtual.has(path) || disk.fileExists(path);
  host.readFile = (path) => virtual.get(path)?.text ?? disk.readFile(path);
  host.directoryExists = (path) => folders.has(path) || (disk.directoryExists?.(path) ?? true);
  const program = typescript.createProgram([...virtual.keys()], options, host);
  return [...virtual].flatMap(([name, { path, from }]) => {
    const source = program.getSourceFile(name);
    if (source === undefined) return [];
    const declared = options.declaration ? program.getDeclarationDiagnostics(source) : [];
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source), ...declared];
    return found
      .filter(({ start = 0 }) => start >= from)
      .map(({ start = 0, code, messageText }) => {
        const line = source.getLineAndCharacterOfPosition(start).line + 1;
        return `${path}:${line} TS${code}: ${typescript.flattenDiagnosticMessageText(messageText, " ")}`;
      });
  });
}
