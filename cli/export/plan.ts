import { toJson } from "../terminal/json.ts";
import { componentFiles, componentOf, isPortable } from "./component.ts";
import { type ImportFile, importFileOf } from "./import-file.ts";
import type { JudgedInventory, JudgedObject } from "./judge.ts";
import { inReadingOrder } from "./kinds.ts";
import type { Note, PlannedFile, PlannedResource, PlannedSecret } from "./model.ts";
import { programFiles } from "./program.ts";
import { projectFiles } from "./project.ts";
import { named, secretsOf } from "./resources.ts";

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
