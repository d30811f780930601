import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** Between a takeover and the delete of the former owner lies less; and a later run may have the same address of its engine. */
const KEPT_MILLISECONDS = 3_600_000;

/** What the provider processes of one run let each other know: which objects its resources have taken. */
export interface RunClaims {
  /** Times of the writes by which resources of this run took the object (unix seconds, service clock); empty: none did. */
  writesOf(object: string): Promise<readonly number[]>;
  add(object: string, lastWrite: number): Promise<void>;
}

/** For a run of which nothing can be kept on this machine: each process knows its own alone. */
export const NO_RUN_CLAIMS: RunClaims = { writesOf: async () => [], add: async () => {} };

/**
 * The claims of a run, in a file that its processes share. Each explicit provider is a process of its own, and knows
 * nothing of the others. The file has hashes alone.
 *
 * @param folder for the files of all runs; undefined: nothing is kept
 * @param run what is the same for all processes of the run, and for no others
 */
export function openRunClaims(folder: Promise<string | undefined>, run: string | undefined): RunClaims {
  if (run === undefined) return NO_RUN_CLAIMS;
  const name = createHash("sha256").update(run).digest("hex").slice(0, 32);
  const hash = (object: string) => createHash("sha256").update(`${run}\n${object}`).digest("base64url");
  return {
    writesOf: async (object) => {
      const place = await folder;
      if (place === undefined) return [];
      removeOld(place);
      try {
        const lines = readFileSync(join(place, name), "utf8").split("\n");
        const own = lines.map((line) => line.split(" ")).filter(([hashed]) => hashed === hash(object));
        return own.map(([, lastWrite]) => Number(lastWrite));
      } catch {
        return [];
      }
    },
    add: async (object, lastWrite) => {
      const place = await folder;
      if (place === undefined) return;
      try {
        mkdirSync(place, { recursive: true, mode: 0o700 });
        removeOld(place);
        appendFileSync(join(place, name), `${hash(object)} ${lastWrite}\n`, { mode: 0o600 });
      } catch {
        // A disk that is full or read-only is no reason to fail.
      }
    },
  };
}

function removeOld(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (Date.now() - statSync(path).mtimeMs > KEPT_MILLISECONDS) rmSync(path, { force: true });
    }
  } catch {
    // There is no folder yet, or another process has removed the file.
  }
}
