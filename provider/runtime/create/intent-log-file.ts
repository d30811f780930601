import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

/** Nobody comes back to a run that was killed a month ago. */
const KEPT_MILLISECONDS = 30 * 24 * 3_600_000;
const SUFFIX = ".jsonl";

/** A file of JSON lines that other processes may read after this one is gone. Only its owner may. */
export class IntentLogFile {
  readonly #path: string;
  #waiting: { readonly text: string; readonly durable: boolean }[] = [];
  #written: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Appends a line. Lines of calls at the same time are written, and forced to the disk, together.
   *
   * @param durable whether it must outlive the machine, not only this process
   */
  append(line: object, durable: boolean): Promise<void> {
    this.#waiting.push({ text: `${JSON.stringify(line)}\n`, durable });
    if (this.#waiting.length === 1) this.#written = this.#written.catch(() => {}).then(() => this.#write());
    return this.#written;
  }

  async #write(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    const handle = await open(this.#path, "a", 0o600);
    try {
      await handle.appendFile(lines.map(({ text }) => text).join(""));
      if (lines.some(({ durable }) => durable)) await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

/** Makes the folder, for its owner alone. @throws Error when that cannot be */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** The log of this process. */
export function ownFile(folder: string, unique: string): IntentLogFile {
  return new IntentLogFile(join(folder, `${process.pid}-${unique}${SUFFIX}`));
}

/** The lines of all logs in a folder. What cannot be read, or was written half, is left out; what is too old goes. */
export function readFiles(folder: string): { readonly file: IntentLogFile; readonly lines: unknown[] }[] {
  return names(folder).flatMap((name) => {
    const path = join(folder, name);
    try {
      const file = new IntentLogFile(path);
      if (Date.now() - statSync(path).mtimeMs > KEPT_MILLISECONDS) {
        file.remove();
        return [];
      }
      return [{ file, lines: readFileSync(path, "utf8").split("\n").flatMap(parsed) }];
    } catch {
      return [];
    }
  });
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
  } catch {
    return [];
  }
}

function parsed(line: string): unknown[] {
  try {
    return line === "" ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}
