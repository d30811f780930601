import { readGiven } from "../files/read.ts";
import { parseSnapshot, type Snapshot, WRITE_SNAPSHOT } from "./format.ts";

/** The snapshot in a file, or on standard input for `-`. @throws Error when it cannot be read, or is something else */
export async function readSnapshot(path: string, signal: AbortSignal): Promise<Snapshot> {
  const { text, source } = await readGiven(path, WRITE_SNAPSHOT, signal);
  return parseSnapshot(text, source);
}
