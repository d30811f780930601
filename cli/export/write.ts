import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { reasonOf } from "../files/reasons.ts";
import { exists, writeAll } from "../files/write.ts";
import type { PlannedFile } from "./model.ts";

/** Paths among the planned ones at which something is already. */
export async function conflicts(directory: string, files: readonly PlannedFile[]): Promise<string[]> {
  const found = await Promise.all(files.map(async ({ path }) => ((await exists(join(directory, path))) ? [path] : [])));
  return found.flat();
}

/** Writes all files or none. @throws Error that names the folder */
export async function writeFiles(directory: string, files: readonly PlannedFile[]): Promise<void> {
  const placed = files.map(({ path, text, mode }) => {
    const file = { path: join(directory, path), text };
    return mode === 0o600 ? { ...file, mode } : file;
  });
  try {
    for (const { path } of placed) await mkdir(dirname(path), { recursive: true });
    await writeAll(placed);
  } catch (cause) {
    throw new Error(`Cannot write to ${directory}: ${reasonOf(cause)}. Choose another folder with --out.`, { cause });
  }
}
