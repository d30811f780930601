import { lstat, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PlannedFile } from "./plan.ts";

/** Paths among the planned ones at which something is already. */
export async function conflicts(directory: string, files: readonly PlannedFile[]): Promise<string[]> {
  const found = await Promise.all(files.map(async ({ path }) => ((await exists(join(directory, path))) ? [path] : [])));
  return found.flat();
}

async function exists(path: string): Promise<boolean> {
  try {
    // Not followed: a link that leads nowhere is somebody's file all the same.
    await lstat(path);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** Writes all files under other names first, so that a full disk leaves the folder as it was. */
export async function writeFiles(directory: string, files: readonly PlannedFile[]): Promise<void> {
  const staged = files.map((file) => {
    const target = join(directory, file.path);
    return { ...file, target, temporary: `${target}.${process.pid}.tmp` };
  });
  try {
    await mkdir(directory, { recursive: true });
    for (const { target, temporary, text, mode } of staged) {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(temporary, text, { mode, flag: "wx" });
    }
    for (const { target, temporary } of staged) await rename(temporary, target);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot write to ${directory} (${reason}). Choose another folder with --out.`, { cause });
  } finally {
    await Promise.allSettled(staged.map(({ temporary }) => rm(temporary, { force: true })));
  }
}
