import { appendFileSync, type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { threadId } from "node:worker_threads";

/** Names the folder of a run's transcripts; without it nothing is written down. */
export const DIRECTORY = "SECRET_SEARCH_DIRECTORY";

/** A line of a transcript: what was said by whom, or a secret that only the test which made it up knows. */
export type Entry =
  | { readonly source: string; readonly text: string }
  | { readonly name: string; readonly value: string };

const LARGEST_FILE = 2 ** 24;

/** Hands an output of the code under test to the search at the end of the run. @param source says where to look, for a person */
export function transcript(source: string, text: string): void {
  if (text !== "") append({ source, text });
}

/** Makes the search look for a value that is made up at run time, in the outputs of all tests. @param name without the value */
export function registerSecret(name: string, value: string): void {
  append({ name, value });
}

/**
 * Hands over the files below a folder that were written after a time. Those that only their owner can read are called so.
 *
 * @param since milliseconds since 1970
 */
export function transcriptFiles(source: string, folder: string, since = 0): void {
  if (process.env[DIRECTORY] === undefined) return;
  for (const path of filesBelow(folder)) {
    const { mode, size, mtimeMs } = statSync(path);
    if (size > LARGEST_FILE || mtimeMs <= since) continue;
    const kind = (mode & 0o077) === 0 ? "owner-only file" : "file";
    transcript(`${kind} ${relative(folder, path)} after ${source}`, readFileSync(path, "utf8"));
  }
}

function filesBelow(folder: string): string[] {
  const entries: Dirent[] = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

function append(entry: Entry): void {
  const directory = process.env[DIRECTORY];
  if (directory === undefined) return;
  // A file for each writer: no line is torn.
  appendFileSync(join(directory, `${process.pid}-${threadId}.jsonl`), `${JSON.stringify(entry)}\n`, { mode: 0o600 });
}
