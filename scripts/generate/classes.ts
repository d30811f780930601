// What every kind needs once, and has the same form in each: its name, its class, and the object that Pulumi's host loads.
import { catalog } from "../../provider/catalog.ts";
import type { Definition } from "../../provider/runtime/definition.ts";
import { folderOf } from "./folder.ts";

const HEADER = "// Generated from provider/catalog.ts by `npm run generate`. Do not edit.";

const variableOf = (kind: string): string => kind.charAt(0).toLowerCase() + kind.slice(1);

const imports = (): string[] =>
  catalog
    .map(({ kind }) => `import { ${variableOf(kind)} } from "./resources/${folderOf(kind)}/index.ts";`)
    .sort((left, right) => left.localeCompare(right));

/** The text of provider/kind-names.gen.ts. */
export function kindNames(): string {
  return [
    HEADER,
    "",
    "/** Names of all kinds, in the order of the catalog: for what must start quickly, since the definitions load the client. */",
    `export const kindNames = [${catalog.map(({ kind }) => JSON.stringify(kind)).join(", ")}] as const;`,
    "",
  ].join("\n");
}

/** The text of provider/dynamic.gen.ts. */
export function dynamicObjects(): string {
  return [
    HEADER,
    'import { adapt, dynamicProcess, type HostProvider } from "./hosts/dynamic/adapter.ts";',
    ...imports(),
    "",
    "// One for all kinds of the process, so that they share a client and its lists.",
    "const providerProcess = dynamicProcess();",
    "",
    ...catalog.map(({ kind }) => `export const ${kind}: HostProvider = adapt(${variableOf(kind)}, providerProcess);`),
    "",
  ].join("\n");
}

/** The text of provider/classes.gen.ts. */
export const classes = (): string => classesOf("resourceClass", "./program/resource-class.ts");

/** The text of provider/native.gen.ts: the same classes, served by the native plugin. */
export const nativeClasses = (): string => classesOf("nativeClass", "./program/native-class.ts");

function classesOf(base: string, from: string): string {
  return [
    HEADER,
    'import type * as pulumi from "@pulumi/pulumi";',
    `import { ${base} } from "${from}";`,
    ...imports(),
    'import type * as types from "./types.gen.ts";',
    "",
    "type Id = pulumi.Input<pulumi.ID>;",
    "type Options = pulumi.CustomResourceOptions;",
    ...catalog.flatMap((definition) => classOf(definition, base)),
    "",
  ].join("\n");
}

function classOf({ kind, description, getDescription }: Definition, base: string): string[] {
  const existing = kind.replace(/(?<!^)([A-Z])/g, " $1").toLowerCase();
  const read =
    getDescription ?? `Reads an existing ${existing} without managing it. Fails when there is none with this id.`;
  return [
    "",
    `/** ${description} */`,
    `export class ${kind} extends ${base}<types.${kind}Args, types.${kind}Outputs>(${variableOf(kind)}) {`,
    `  /** ${read} */`,
    `  static get(name: string, id: Id, opts?: Options): ${kind} {`,
    `    return new ${kind}(name, {} as types.${kind}Args, { ...opts, id });`,
    "  }",
    "}",
  ];
}
