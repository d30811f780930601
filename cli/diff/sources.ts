import { basename } from "node:path";
import type { ComparedObject } from "../compare/objects.ts";
import { openConnection } from "../connection/connection.ts";
import { explainError } from "../connection/explain-error.ts";
import type { Snapshot } from "../snapshot/format.ts";
import { readSnapshot } from "../snapshot/read.ts";
import { takeSnapshot } from "../snapshot/take.ts";

/** One side of a comparison. */
export interface Side {
  readonly label: string;
  readonly organization: { readonly id: number; readonly name: string };
  /** Unix seconds. */
  readonly takenAt: number;
  readonly live: boolean;
  readonly objects: readonly ComparedObject[];
}

/**
 * Reads a snapshot file, or the organization of a profile. What has a folder or ends with `.json` is a file.
 *
 * @throws Error when it is neither
 */
export async function readSide(given: string, signal: AbortSignal): Promise<Side> {
  const isFile = basename(given) !== given || given.endsWith(".json");
  const snapshot = isFile ? await readSnapshot(given, signal) : await fromProfile(given, signal);
  const { organization, takenAt, live, objects } = snapshot;
  return { label: given, organization, takenAt, live, objects };
}

/** An error is explained here, where it is known which of the profiles it is of. */
async function fromProfile(profile: string, signal: AbortSignal): Promise<Snapshot> {
  const { organization } = await openConnection({ profile }, signal);
  try {
    return await takeSnapshot(organization, { withSecrets: true });
  } catch (error) {
    const explained = await explainError(error, { profile });
    throw explained === undefined ? error : new Error(explained, { cause: error });
  }
}
