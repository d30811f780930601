import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const lock = join(root, "node_modules", ".anomify-build");
// What a provider process, a program and the command load; tests import the rest from the sources.
const sources = ["domain", "sdk", "provider", "routing", "policy", "cli", "simulator"];
const results = ["dist/provider/dynamic.cjs", "dist/provider/index.cjs", "dist/cli/main.js"];
const STALE_MILLISECONDS = 300_000;

/** Builds dist unless it is there and newer than the sources. Test files that run side by side build once. */
export async function ensureBuilt(): Promise<void> {
  while (!isFresh()) {
    if (!takeLock()) {
      await wait(200);
      continue;
    }
    try {
      if (!isFresh())
        await promisify(execFile)(process.execPath, [join(root, "node_modules/.bin/tsdown"), "--logLevel", "error"], {
          cwd: root,
        });
      return;
    } finally {
      rmdirSync(lock);
    }
  }
}

function isFresh(): boolean {
  const built = Math.min(...results.map((path) => modified(join(root, path))));
  return built > Math.max(...sources.flatMap((folder) => files(join(root, folder))).map(modified)) && !isLocked();
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

let mine = false;
function isLocked(): boolean {
  return !mine && modified(lock) > Date.now() - STALE_MILLISECONDS;
}

function takeLock(): boolean {
  try {
    if (!isLocked() && modified(lock) > 0) rmdirSync(lock);
    mkdirSync(lock);
    mine = true;
    return true;
  } catch {
    return false;
  }
}
