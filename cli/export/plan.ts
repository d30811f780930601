import { toJson } from "../json.ts";
import { componentFiles, componentOf, isPortable } from "./component.ts";
import { type ImportFile, importFileOf } from "./import-file.ts";
import type { JudgedInventory, JudgedObject } from "./judge.ts";
import { inReadingOrder, styleOf } from "./kinds.ts";
import { camelCase, slug, UniqueNames, variable } from "./names.ts";
import { programFiles } from "./program.ts";
import { projectFiles } from "./project.ts";

export interface ExportOptions {
  /** All of the program in index.ts. @default false: one file per kind */
  readonly singleFile?: boolean;
  /** Kinds to export. @default all */
  readonly kinds?: readonly string[];
  /** `component`: a class that other organizations can use too, without settings and people. @default "program" */
  readonly as?: "program" | "component";
  /** Whether the import file holds the values of secrets. @default true */
  readonly secretValues?: boolean;
}

export interface PlannedFile {
  /** Below the folder of the project, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Permission bits. */
  readonly mode: number;
}

/** A value that the program takes from the stack's config. */
export interface PlannedSecret {
  /** Key in the namespace of the project. */
  readonly key: string;
  readonly kind: string;
  /** Logical name of the resource. */
  readonly resource: string;
  readonly property: string;
  readonly value: string;
}

/** Something that the program could not express, or that its user has to know. */
export interface Note {
  readonly severity: "refused" | "changed" | "unmanaged" | "left-out";
  readonly kind: string;
  readonly id: string;
  /** Logical name of the resource; absent for an object that is left out. */
  readonly resource?: string;
  readonly text: string;
}

/** An object with its names in the program. */
export interface PlannedResource extends JudgedObject {
  /** Logical name: the last part of its URN. */
  readonly name: string;
  /** Name of the constant. */
  readonly variable: string;
  /** Config key of each secret property that is set. */
  readonly secretKeys: Readonly<Record<string, string>>;
}

export interface ExportPlan {
  readonly files: readonly PlannedFile[];
  readonly importFile: ImportFile;
  readonly secrets: readonly PlannedSecret[];
  readonly notes: readonly Note[];
  /** How many resources of each kind the program declares, in reading order. */
  readonly counts: Readonly<Record<string, number>>;
  /** Name of the Pulumi project. */
  readonly project: string;
}

/** Plans the program of an organization: pure, and the same bytes for the same objects. */
export function planExport(inventory: JudgedInventory, options: ExportOptions = {}): ExportPlan {
  const component = options.as === "component" ? componentOf(inventory.organization) : undefined;
  const wanted = ({ kind }: JudgedObject) =>
    (options.kinds?.includes(kind) ?? true) && (component === undefined || isPortable(kind));
  const left = inventory.objects.filter((object) => isLeftOut(object) && wanted(object));
  // All get their names, so that these do not depend on which kinds are wanted.
  const whole = inventory.objects.filter((object) => !isLeftOut(object));
  const resources = named(whole, options.singleFile ?? false, component?.name).filter(wanted);
  const importFile = importFileOf(resources, options.secretValues ?? true, component);
  const project = projectFiles(inventory.organization);
  const kinds = inReadingOrder(resources.map(({ kind }) => kind));
  return {
    files: [
      ...project.files,
      ...(component === undefined
        ? programFiles(inventory.organization, resources, left, options.singleFile ?? false)
        : componentFiles(inventory.organization, component, resources, left)),
      { path: "import.json", text: `${toJson(importFile)}\n`, mode: 0o600 },
    ],
    importFile,
    secrets: resources.flatMap(secretsOf),
    notes: [...resources, ...left].flatMap(notesOf),
    counts: Object.fromEntries(kinds.map((kind) => [kind, resources.filter((one) => one.kind === kind).length])),
    project: project.name,
  };
}

const isLeftOut = ({ findings }: JudgedObject) => findings.some(({ severity }) => severity === "left-out");

/** Names that a stack has already. */
export interface TakenNames {
  /** Logical names of each kind. */
  readonly logical: ReadonlyMap<string, ReadonlySet<string>>;
  /** Config keys in the namespace of the project. */
  readonly config: ReadonlySet<string>;
}

/** Logical names are unique per kind, constants per file, config keys in the whole program. */
export function named(
  objects: readonly JudgedObject[],
  singleFile: boolean,
  prefix?: string,
  taken?: TakenNames,
): PlannedResource[] {
  const scopes = new Map<string, UniqueNames>([["config", new UniqueNames(taken?.config)]]);
  for (const [kind, names] of taken?.logical ?? []) scopes.set(`names ${kind}`, new UniqueNames(names));
  const scope = (key: string) => {
    const names = scopes.get(key) ?? new UniqueNames();
    scopes.set(key, names);
    return names;
  };
  return inReadingOrder(objects.map(({ kind }) => kind)).flatMap((kind) =>
    objects
      .filter((object) => object.kind === kind)
      .map((object) => {
        const { id, definition, stated } = object;
        const title = styleOf(kind).title(stated);
        const logical = slug(title) || `${styleOf(kind).file.replace(/s$/, "")}-${id}`;
        const constant = variable(title, kind, id);
        const secret = (definition.secret ?? []).filter((key) => (stated[key] ?? null) !== null);
        const keys = secret.map((key) => [key, scope("config").take(configKey(title, kind, id, key), id, "")]);
        return {
          ...object,
          name: [...(prefix === undefined ? [] : [prefix]), scope(`names ${kind}`).take(logical, id, "-")].join("-"),
          variable: scope(singleFile ? "variables" : `variables ${kind}`).take(constant, id, ""),
          secretKeys: Object.fromEntries(keys),
        };
      }),
  );
}

/** In ASCII, since people type it into a shell. */
function configKey(title: string, kind: string, id: string, property: string): string {
  const name = camelCase(title);
  const base = /^[a-z][a-zA-Z0-9]*$/.test(name) ? name : variable("", kind, id);
  return `${base}${property.slice(0, 1).toUpperCase()}${property.slice(1)}`;
}

/** What a resource takes from the config. */
export function secretsOf({ kind, name, stated, secretKeys }: PlannedResource): PlannedSecret[] {
  return Object.entries(secretKeys).map(([property, key]) => ({
    key,
    kind,
    resource: name,
    property,
    value: String(stated[property]),
  }));
}

function notesOf({ kind, id, label, findings, ...rest }: JudgedObject | PlannedResource): Note[] {
  const resource = "name" in rest ? { resource: rest.name } : {};
  return findings.map(({ severity, text }) => ({
    severity,
    kind,
    id,
    ...resource,
    text: `${label} (id ${id}): ${text}`,
  }));
}
