import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file whole or not at all; missing folders are made. @param mode permission bits; 0o600 for what only the owner may read */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true, ...(mode === 0o600 ? { mode: 0o700 } : {}) });
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await writeFileAtomic(path, text, { mode, encoding: "utf8" });
}
