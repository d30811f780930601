import { printable } from "../../domain/text/printable.ts";
import { AuthenticationError, createClient } from "../../sdk/index.ts";
import { addressOf } from "../connection/endpoint.ts";
import { DEFAULT_PROFILE, type Profile, profileNames, readProfile, removeProfile } from "../connection/profiles.ts";
import type { Standing } from "../terminal/interrupt.ts";

/** Milliseconds to wait for the service: the stored session goes in any case. */
const PATIENCE = 10_000;

/** What the command line says. */
export interface LogoutOptions {
  readonly profile?: string;
  readonly all?: true;
}

/** Ends the session and removes the profile, or all of them. */
export async function logout(options: LogoutOptions, signal: AbortSignal, standing: Standing): Promise<void> {
  const chosen = options.profile ?? (process.env.ANOMIFY_PROFILE || DEFAULT_PROFILE);
  const names = options.all ? await profileNames() : [chosen];
  if (names.length === 0) process.stdout.write("There are no stored profiles.\n");
  const removed: string[] = [];
  for (const name of names) {
    const profile = await readProfile(name);
    if (profile === undefined) throw new Error(`There is no profile "${name}".`);
    const ended = await endSession(profile, signal);
    await removeProfile(name);
    removed.push(name);
    standing(`Removed: ${removed.join(", ")}. Left: ${names.slice(removed.length).join(", ") || "none"}.`);
    process.stdout.write(`Removed profile "${name}". ${printable(ended)}\n`);
  }
}

/** Ends the session at the service; says what became of the credential. */
async function endSession({ endpoint, sessionId }: Profile, signal: AbortSignal): Promise<string> {
  if (sessionId === undefined) return "The token itself stays valid.";
  try {
    const address = addressOf(endpoint);
    await createClient({ ...address, sessionId, signal, deadline: PATIENCE, retries: 0 }).user.logout();
    return "The session has ended.";
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof AuthenticationError) return "The session had ended already.";
    const why = error instanceof Error ? error.message : String(error);
    return `The service could not be asked, so the session stays valid there until it runs out. ${why}`;
  }
}
