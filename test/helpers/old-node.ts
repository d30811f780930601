import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A Node.js on PATH of this major version: its path and version, or why there is none. */
export function nodeOnPath(major: number): { path: string; version: string } | { path: null; reason: string } {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, "node");
    if (folder === "" || !existsSync(path)) continue;
    const version = execFileSync(path, ["--version"], { encoding: "utf8" }).trim().slice(1);
    if (Number.parseInt(version, 10) === major) return { path, version };
  }
  return { path: null, reason: `no Node.js ${major} on PATH` };
}
