import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SimulatedOrganization } from "pulumi-anomify/simulator";
import ts from "typescript";
import { judgeInventory } from "../../cli/export/judge.ts";
import type { PlannedFile } from "../../cli/export/model.ts";
import { type ExportOptions, type ExportPlan, planExport } from "../../cli/export/plan.ts";
import { readInventory } from "../../provider/inventory.ts";
import { readSettings } from "../../provider/organization/config.ts";
import { connect } from "../../provider/organization/connect.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import { transcript } from "../secrets/transcript.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A simulated organization as the provider and the command see it. */
export function connectTo(url: string, { token }: Pick<SimulatedOrganization, "token">): Organization {
  const config: Readonly<Record<string, string>> = { "anomify:endpoint": url, "anomify:token": token };
  return connect(
    readSettings((key) => config[key], {}),
    new AbortController().signal,
    () => {},
  );
}

/** Plans the export of a simulated organization. */
export async function planOf(
  url: string,
  organization: Pick<SimulatedOrganization, "token">,
  options: ExportOptions = {},
): Promise<ExportPlan> {
  const org = connectTo(url, organization);
  const plan = planExport(await judgeInventory(await readInventory(org), org), options);
  // import.json is for its owner alone.
  for (const { path, text, mode } of plan.files) if (mode !== 0o600) transcript(`exported ${path}`, text);
  return plan;
}

/** Text of a planned file. */
export function textOf(plan: ExportPlan, path: string): string {
  const file = plan.files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`there is no ${path} among ${plan.files.map((one) => one.path).join(", ")}`);
  return file.text;
}

/** Runs a program in this process; what it imports by name is given. */
export function runProgram(files: readonly PlannedFile[], modules: Readonly<Record<string, unknown>>): void {
  const run = (path: string): unknown => {
    const text = files.find((file) => file.path === path)?.text;
    if (text === undefined) throw new Error(`the program has no ${path}`);
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    const exports = {};
    const load = (name: string) => modules[name] ?? run(`${name.replace(/^\.\//, "")}.ts`);
    new Function("exports", "require", outputText)(exports, load);
    return exports;
  };
  run("index.ts");
}

/** The modules of a program that the embedded engine runs in this process: those that a user's program gets. */
export function realModules(): Readonly<Record<string, unknown>> {
  const load = createRequire(join(root, "examples/quickstart/package.json"));
  return { "pulumi-anomify": load("pulumi-anomify"), "@pulumi/pulumi": load("@pulumi/pulumi") };
}

export interface Declared {
  readonly kind: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Runs a program with classes that only note what is declared; secrets come from the plan, the rest from a config. */
export function declaredBy(plan: ExportPlan, config: Readonly<Record<string, unknown>> = {}): Declared[] {
  const declared: Declared[] = [];
  const anomify = new Proxy(
    {},
    {
      get: (_target, kind) =>
        class {
          constructor(name: string, args: Readonly<Record<string, unknown>>) {
            declared.push({ kind: String(kind), name, args });
          }
        },
    },
  );
  class Config {
    getObject(key: string): unknown {
      return config[key];
    }
    requireSecret(key: string): string {
      const found = plan.secrets.find((secret) => secret.key === key);
      if (found === undefined) throw new Error(`the program asks for ${key}, which is not in the plan`);
      return found.value;
    }
  }
  class ComponentResource {
    registerOutputs(): void {}
  }
  runProgram(plan.files, {
    "pulumi-anomify": anomify,
    "@pulumi/pulumi": { Config, ComponentResource, RunError: Error },
  });
  return declared;
}

/** What the compiler says of projects, each of them under its own tsconfig's rules, checked as one program. */
export function typeErrors(projects: ReadonlyArray<readonly PlannedFile[]>): string[] {
  // In no folder that exists, yet below the package, so that its name and the SDK's are found.
  const virtual = new Map(
    projects.flatMap((files, index) =>
      files.map((file) => [join(root, "node_modules/.exported", String(index), file.path), file.text] as const),
    ),
  );
  const folders = new Set([...virtual.keys()].map((path) => dirname(path)));
  const [first] = virtual;
  const config = first === undefined ? "{}" : (virtual.get(join(dirname(first[0]), "tsconfig.json")) ?? "{}");
  const { options } = ts.convertCompilerOptionsFromJson(JSON.parse(config).compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const disk = { fileExists: host.fileExists, readFile: host.readFile, directoryExists: host.directoryExists };
  host.fileExists = (path) => virtual.has(path) || disk.fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? disk.readFile(path);
  host.directoryExists = (path) => folders.has(path) || (disk.directoryExists?.(path) ?? true);
  const program = ts.createProgram(
    [...virtual.keys()].filter((path) => path.endsWith("/index.ts")),
    options,
    host,
  );
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${file?.fileName.replace(root, "") ?? ""}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
