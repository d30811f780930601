import { readdirSync, rmSync } from "node:fs";
import { chmod, mkdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { writeWhole } from "../files/write.ts";
import { toJson } from "../terminal/json.ts";

/** Folder of an adoption that is under way, below the project's: of its owner alone, and ignored by git. */
export const FOLDER = ".anomify";
const JOURNAL = `${FOLDER}/adopt.json`;
/** What `pulumi import` reads; holds secrets in clear. */
export const IMPORT_FILE = `${FOLDER}/import.json`;

const hash = z.string();
const schema = z.object({
  version: z.literal(1),
  /** `written`: all can be taken back; `importing`: the state may have some of it; `imported`: it has all of it. */
  stage: z.enum(["written", "importing", "imported"]),
  /** Whether its user runs Pulumi; then the import file stays for that. */
  byHand: z.boolean().default(false),
  program: z.object({ path: z.string(), sha256: hash }),
  /** The line that was appended to the start of the program. */
  edit: z.object({ path: z.string(), appended: z.string(), before: hash }).optional(),
  /** The line that the start of the program needs. */
  line: z.string(),
  /** Folders that were made, outermost first. */
  folders: z.array(z.string()),
  /** The stack's settings as they were before config keys were set; null when there were none. */
  settings: z.object({ path: z.string(), before: z.string().nullable(), after: hash }).optional(),
  secrets: z.array(z.object({ key: z.string(), kind: z.string(), resource: z.string(), property: z.string() })),
  /** Config keys that were set. */
  configured: z.array(z.string()),
  stack: z.string().optional(),
  protect: z.boolean(),
  resources: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string() })),
});

/** What an adoption has written so far, and what it takes to take it back. Never the value of a secret. */
export type Journal = z.output<typeof schema>;

/** The adoption that is under way in a project, if there is one. @throws Error when its journal cannot be read */
export async function readJournal(directory: string): Promise<Journal | undefined> {
  const path = join(directory, JOURNAL);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw new Error(`Cannot read ${path} (${error.code}). It says what an adoption has written so far.`);
  });
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `${path} is not the journal of an adoption of this version. Look at what it names, then delete the folder ${FOLDER}.`,
    );
  }
}

/** Replaces the journal; the folder is made, closed to others and ignored by git. */
export async function writeJournal(directory: string, journal: Journal): Promise<void> {
  const folder = join(directory, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await writeWhole(join(folder, ".gitignore"), "*\n", 0o600);
  await writeWhole(join(directory, JOURNAL), `${toJson(journal)}\n`, 0o600);
}

/** Removes the import file and its secrets; the rest of an adoption goes on. Returns whether there was one. */
export function removeImportFile(directory: string): boolean {
  const folder = join(directory, FOLDER);
  // What a process that was killed had not renamed yet has the secrets too.
  const found = entriesOf(folder).filter((name) => name.startsWith(basename(IMPORT_FILE)));
  for (const name of found) rmSync(join(folder, name), { force: true });
  return found.length > 0;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes all that an adoption keeps about itself. */
export async function removeJournal(directory: string): Promise<void> {
  // The journal goes last, so that a removal that was cut short can be repeated.
  removeImportFile(directory);
  for (const path of [`${FOLDER}/.gitignore`, JOURNAL]) await rm(join(directory, path), { force: true });
}
