import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { lstat, mkdir, open, realpath, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { reasonOf } from "./reasons.ts";

/** A file to be written. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** Permission bits, whatever the umask is; 0o600 for what only the owner may read. @default what the umask leaves of 0o666 */
  readonly mode?: number;
}

/** Whether something is at a path. */
export async function exists(path: string): Promise<boolean> {
  try {
    // Not followed: a link that leads nowhere is somebody's file all the same.
    await lstat(path);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/**
 * Writes a file whole or not at all; missing folders are made. A link of the user's own is followed.
 *
 * @param mode as in `NewFile`
 * @throws Error that names the file, and why it cannot be written
 */
export async function writeWhole(path: string, text: string, mode?: number): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, ...(mode === 0o600 ? { mode: 0o700 } : {}) });
    await writeAll([{ path: await followed(path), text, ...(mode === undefined ? {} : { mode }) }]);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    // The system's own words name a temporary file.
    throw new Error(`Cannot write ${path}: ${reasonOf(cause)}. Nothing was written there.`, { cause });
  }
}

/** Writes all files, whose folders are there, under other names first, so that a full disk leaves everything as it was. */
export async function writeAll(files: readonly NewFile[]): Promise<void> {
  // Names that nobody can guess, and `wx`: a link or a file that somebody else put there is neither written through nor kept.
  const staged = files.map((file) => ({ ...file, temporary: `${file.path}.${randomBytes(8).toString("hex")}.tmp` }));
  const remove = () => {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  };
  // A second Ctrl-C ends the process at once.
  process.once("exit", remove);
  try {
    for (const { temporary, text, mode } of staged) await writeNew(temporary, text, mode);
    for (const { temporary, path } of staged) await rename(temporary, path);
  } finally {
    process.off("exit", remove);
    remove();
  }
}

async function writeNew(path: string, text: string, mode: number | undefined): Promise<void> {
  const file = await open(path, "wx", mode ?? 0o666);
  try {
    if (mode !== undefined) await file.chmod(mode);
    await file.writeFile(text, "utf8");
    // Else a crash of the machine could leave an empty file under the right name.
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Where a link leads. @throws Error for a link that another user made: what is behind it is not meant by the one who runs this */
async function followed(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isSymbolicLink()) return path;
  const user = process.getuid?.();
  if (user !== undefined && found.uid !== user && found.uid !== 0) {
    throw new Error(
      `${path} is a link that another user of this machine made. Nothing was written; choose another path.`,
    );
  }
  return await realpath(path).catch(() => path);
}
