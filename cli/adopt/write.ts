import { createHash } from "node:crypto";
import { lstat, readFile, rmdir, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import type { PlannedFile } from "../export/model.ts";
import { conflicts, writeFiles } from "../export/write.ts";
import { writeWhole } from "../files/write.ts";
import { toJson } from "../terminal/json.ts";
import { FOLDER, IMPORT_FILE, type Journal, writeJournal } from "./journal.ts";
import type { AdoptionPlan } from "./plan.ts";
import { importLine, type Project } from "./project.ts";

export interface WriteOptions {
  readonly protect: boolean;
  /** Whether the import line is appended to the start of the program. */
  readonly edit: boolean;
  readonly stack: string | undefined;
}

/** SHA-256 in hexadecimal. */
export const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");

/** Paths of the plan at which something is already. */
export async function inTheWay({ directory }: Project, plan: AdoptionPlan): Promise<string[]> {
  return await conflicts(directory, filesOf(plan));
}

function filesOf({ program, importFile }: AdoptionPlan): PlannedFile[] {
  return [program, { path: IMPORT_FILE, text: `${toJson(importFile)}\n`, mode: 0o600 }];
}

/**
 * Writes an adoption into a project. The journal says first what is going to be written, so that whatever cuts this short can be
 * taken back.
 */
export async function writeAdoption(project: Project, plan: AdoptionPlan, options: WriteOptions): Promise<Journal> {
  const { directory } = project;
  const line = importLine(project, plan.program.path);
  const edit = options.edit ? await plannedEdit(project, line) : undefined;
  const journal: Journal = {
    version: 1,
    stage: "written",
    byHand: false,
    line,
    protect: options.protect,
    configured: [],
    program: { path: plan.program.path, sha256: sha256(plan.program.text) },
    ...(edit === undefined ? {} : { edit: { path: edit.path, appended: edit.appended, before: sha256(edit.before) } }),
    folders: await missingFolders(directory, posix.dirname(plan.program.path)),
    secrets: plan.secrets.map(({ key, kind, resource, property }) => ({ key, kind, resource, property })),
    ...(options.stack === undefined ? {} : { stack: options.stack }),
    resources: plan.resources.map(({ kind, id, name }) => ({ kind, id, name })),
  };
  await writeJournal(directory, journal);
  await writeFiles(directory, filesOf(plan));
  if (edit !== undefined) await writeKeepingMode(join(directory, edit.path), edit.before + edit.appended);
  return journal;
}

async function plannedEdit({ directory, entry }: Project, line: string) {
  if (entry === undefined) return undefined;
  const bytes = await readFile(join(directory, entry));
  const before = bytes.toString("utf8");
  // A line appended in another encoding would spoil the file.
  if (!Buffer.from(before, "utf8").equals(bytes) || before.includes("\u0000")) {
    throw new Error(
      `${entry} is not in UTF-8, so no line can be appended to it. Nothing was written. Save it as UTF-8, or give --no-edit.`,
    );
  }
  const end = before.includes("\r\n") ? "\r\n" : "\n";
  const gap = before === "" || before.endsWith("\n") ? "" : end;
  return { path: entry, before, appended: `${gap}${line}${end}` };
}

/** Folders of a path that are not there yet, outermost first. */
async function missingFolders(directory: string, path: string): Promise<string[]> {
  const parts = path.split("/").filter((part) => part !== ".");
  const folders = [...parts.map((_, index) => parts.slice(0, index + 1).join("/")), FOLDER];
  const missing = folders.map(async (folder) => {
    const found = await lstat(join(directory, folder)).catch(() => undefined);
    return found === undefined ? [folder] : [];
  });
  return (await Promise.all(missing)).flat();
}

/** Replaces the text of a file that is there. */
export async function writeKeepingMode(path: string, text: string): Promise<void> {
  const { mode } = await stat(path);
  await writeWhole(path, text, mode & 0o777);
}

/** Removes folders that are empty; innermost first. */
export async function removeFolders(directory: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) await rmdir(join(directory, folder)).catch(() => undefined);
}
