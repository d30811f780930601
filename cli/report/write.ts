import { lstat } from "node:fs/promises";
import { writeWhole } from "../files.ts";
import type { Report } from "./model.ts";

/**
 * Makes sure that a page can be written, before anything is read.
 *
 * @returns writes it, and resolves to its size in bytes
 * @throws Error when something is in its place and `force` is not given
 */
export async function writePage(file: string, force: boolean): Promise<(report: Report) => Promise<number>> {
  if (!force && (await exists(file))) {
    throw new Error(`${file} is there already. Replace it with --force, or choose another file with --out`);
  }
  const { pageOf } = await import("./page.tsx");
  return async (report) => {
    const page = pageOf(report);
    // E-mail addresses and metric names are in it.
    await writeWhole(file, page, 0o600);
    return Buffer.byteLength(page);
  };
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
