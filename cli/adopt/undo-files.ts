import { readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Journal, removeJournal } from "./journal.ts";
import { removeFolders, sha256, writeKeepingMode } from "./write.ts";

/** What came of taking an adoption back. */
export interface Undone {
  /** Paths of files that are gone, or as they were before. */
  readonly undone: readonly string[];
  /** What stays, and what to do about it. */
  readonly kept: readonly string[];
}

/** Takes back what an adoption wrote, except for what somebody has changed since. The state of the stack is not touched. */
export async function undoFiles(directory: string, journal: Journal): Promise<Undone> {
  const undone: string[] = [];
  const kept: string[] = [];
  const step = async (path: string, work: Promise<string | undefined>) => {
    const why = await work;
    if (why === undefined) undone.push(path);
    else if (why !== "") kept.push(why);
  };
  const { edit, program, settings, configured } = journal;
  if (edit !== undefined) await step(edit.path, undoEdit(directory, edit, journal.line));
  await step(program.path, removeIfSame(directory, program));
  await removeUnfinished(directory, program.path);
  if (settings !== undefined) await step(settings.path, restore(directory, settings, configured));
  await removeJournal(directory);
  await removeFolders(directory, journal.folders);
  return { undone, kept };
}

/** What a process that was killed had not renamed yet. */
async function removeUnfinished(directory: string, path: string): Promise<void> {
  const folder = join(directory, dirname(path));
  const names = await readdir(folder).catch((): string[] => []);
  const own = names.filter((name) => name.startsWith(`${basename(path)}.`) && /\.\d+\.tmp$/.test(name));
  for (const name of own) await rm(join(folder, name), { force: true });
}

/** Text of a file; undefined when it is not there. */
async function textOf(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/** Resolves to why it was kept; "" when there was nothing to undo. */
async function removeIfSame(directory: string, file: Journal["program"]): Promise<string | undefined> {
  const text = await textOf(join(directory, file.path));
  if (text === undefined) return "";
  if (sha256(text) !== file.sha256) return `${file.path} was changed since, and stays. Delete it by hand.`;
  await rm(join(directory, file.path));
  return undefined;
}

async function undoEdit(
  directory: string,
  edit: NonNullable<Journal["edit"]>,
  line: string,
): Promise<string | undefined> {
  const path = join(directory, edit.path);
  const text = await textOf(path);
  if (text === undefined) return "";
  const before = text.endsWith(edit.appended) ? text.slice(0, -edit.appended.length) : text;
  if (sha256(before) === edit.before) {
    if (before === text) return "";
    await writeKeepingMode(path, before);
    return undefined;
  }
  const lines = text.split(/(?<=\n)/);
  const own = lines.filter((one) => one.trim() === line);
  if (own.length !== 1) return own.length === 0 ? "" : `${edit.path} was changed since. Remove from it: ${line}`;
  await writeKeepingMode(path, lines.filter((one) => one.trim() !== line).join(""));
  return undefined;
}

async function restore(
  directory: string,
  settings: NonNullable<Journal["settings"]>,
  configured: readonly string[],
): Promise<string | undefined> {
  const path = join(directory, settings.path);
  const text = await textOf(path);
  if (text === undefined || text === settings.before) return "";
  if (sha256(text) !== settings.after) {
    const commands = configured.map((key) => `pulumi config rm ${key}`).join("; ");
    return `${settings.path} was changed since, and keeps the new config keys. Remove them with: ${commands}`;
  }
  if (settings.before === null) await rm(path);
  else await writeKeepingMode(path, settings.before);
  return undefined;
}
