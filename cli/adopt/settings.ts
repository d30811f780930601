import { readdir, readFile } from "node:fs/promises";
import { extname, join, posix } from "node:path";
import { parseDocument } from "yaml";

/** What is used of a Pulumi project's settings files. */
export interface Settings {
  readonly runtime: string;
  readonly runtimeOptions: Readonly<Record<string, unknown>>;
  /** File or folder of the program, below the project's. */
  readonly main: string | undefined;
  /** Config keys that the project or some stack of it has, without their namespace. */
  readonly configKeys: ReadonlySet<string>;
  /** Path of the settings file of a stack, below the project's folder. @param stack its name, or `organization/project/stack` */
  stackFile(stack: string): string;
}

/** Reads Pulumi.yaml and the settings of all stacks. @throws Error when there is no project, or a file is not YAML */
export async function readProjectSettings(directory: string): Promise<Settings> {
  const names = await readdir(directory).catch((): string[] => []);
  // In the order in which Pulumi looks for them.
  const file = ["Pulumi.json", "Pulumi.yaml", "Pulumi.yml"].find((name) => names.includes(name));
  if (file === undefined) {
    throw new Error(
      `There is no Pulumi.yaml in ${directory}. Name the folder of a project with --cwd, or make a new project with: anomify export`,
    );
  }
  const { runtime, main, config, stackConfigDir } = await readMap(join(directory, file));
  const { name, options } = mapOf(typeof runtime === "string" ? { name: runtime } : runtime);
  // `config` was the name of the folder before it had keys.
  const folder = textOf(stackConfigDir) ?? textOf(config) ?? ".";
  return {
    runtime: textOf(name) ?? "nodejs",
    runtimeOptions: mapOf(options),
    main: textOf(main),
    configKeys: new Set([...keysOf(config), ...(await stackKeys(join(directory, folder)))]),
    stackFile: (stack) => posix.join(folder, `Pulumi.${stack.split("/").at(-1)}${extname(file)}`),
  };
}

async function stackKeys(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => /^Pulumi\..+\.(json|ya?ml)$/.test(name));
  const settings = await Promise.all(files.map((name) => readMap(join(folder, name))));
  return settings.flatMap(({ config }) => keysOf(config));
}

/** The values at the top of a YAML or JSON file. */
async function readMap(path: string): Promise<Readonly<Record<string, unknown>>> {
  const document = parseDocument(await readFile(path, "utf8"));
  const [error] = document.errors;
  // Its first line alone: those that follow show the file, which may hold what is nobody's business.
  if (error !== undefined) throw new Error(`${path} is not YAML: ${error.message.split("\n")[0]} Mend it first.`);
  return mapOf(document.toJS());
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const mapOf = (value: unknown) =>
  (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {}) as Readonly<
    Record<string, unknown>
  >;
const keysOf = (config: unknown) => Object.keys(mapOf(config)).map((key) => key.replace(/^[^:]*:/, ""));
