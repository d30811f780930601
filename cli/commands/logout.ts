import { Command } from "commander";
import { AuthenticationError, createClient } from "../../sdk/index.ts";
import { USAGE } from "../exit.ts";
import { interruptible } from "../interrupt.ts";
import { DEFAULT_PROFILE, type Profile, profileNames, readProfile, removeProfile } from "../profiles.ts";

/** Milliseconds to wait for the service: the stored session goes in any case. */
const PATIENCE = 10_000;

const help = `
The stored profile is removed even when the service cannot be reached; the session then
stays valid there until it runs out. The token of an organization is removed here alone.

Example:
  $ anomify logout
  $ anomify logout --profile eu
  $ anomify logout --all

Exit codes: 0 removed, 1 no such profile, 2 wrong arguments, 130 interrupted.
`;

/** `anomify logout`: ends the session and forgets the profile. */
export function logoutCommand(): Command {
  return new Command("logout")
    .description("End a stored session and remove its profile from this machine.")
    .option("--profile <name>", `profile to remove (default: ANOMIFY_PROFILE, or ${DEFAULT_PROFILE})`)
    .option("--all", "remove all stored profiles")
    .addHelpText("after", help)
    .action(async (options: { profile?: string; all?: true }, command: Command) => {
      if (options.all && options.profile !== undefined) {
        command.error("error: give either --profile or --all", { exitCode: USAGE });
      }
      await interruptible((signal) => logout(options, signal));
    });
}

async function logout(options: { profile?: string; all?: true }, signal: AbortSignal): Promise<void> {
  const chosen = options.profile ?? (process.env.ANOMIFY_PROFILE || DEFAULT_PROFILE);
  const names = options.all ? await profileNames() : [chosen];
  if (names.length === 0) process.stdout.write("There are no stored profiles.\n");
  for (const name of names) {
    const profile = await readProfile(name);
    if (profile === undefined) throw new Error(`There is no profile "${name}".`);
    const told = await tellService(profile, signal);
    await removeProfile(name);
    process.stdout.write(`Removed profile "${name}". ${told}\n`);
  }
}

/** Ends the session at the service; says what became of the credential. */
async function tellService({ endpoint, sessionId }: Profile, signal: AbortSignal): Promise<string> {
  if (sessionId === undefined) return "The token itself stays valid.";
  try {
    await createClient({ endpoint, sessionId, signal, deadline: PATIENCE, retries: 0 }).user.logout();
    return "The session has ended.";
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof AuthenticationError) return "The session had ended already.";
    const why = error instanceof Error ? error.message : String(error);
    return `The service could not be told, so the session stays valid there until it runs out. ${why}`;
  }
}
