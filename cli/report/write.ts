import { exists, writeWhole } from "../files/write.ts";
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
