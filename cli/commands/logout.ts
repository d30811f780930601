import { Command } from "commander";
import { DEFAULT_PROFILE } from "../connection/profiles.ts";
import type { LogoutOptions } from "../login/logout.ts";
import { USAGE } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";

const help = `
The stored profile is removed even when the service cannot be reached; the session then
stays valid there until it runs out. The token of an organization is removed here alone.

Example:
  $ anomify logout
  $ anomify logout --profile eu
  $ anomify logout --all

Exit codes: 0 removed, 1 no such profile, 2 wrong arguments, 130 interrupted.`;

/** `anomify logout`: ends the session and forgets the profile. */
export function logoutCommand(): Command {
  return new Command("logout")
    .description("End a stored session and remove its profile from this machine.")
    .option("--profile <name>", `profile to remove (default: ANOMIFY_PROFILE, or ${DEFAULT_PROFILE})`)
    .option("--all", "remove all stored profiles")
    .addHelpText("after", help)
    .action(async (options: LogoutOptions, command: Command) => {
      if (options.all && options.profile !== undefined) {
        command.error("error: give either --profile or --all", { exitCode: USAGE });
      }
      const { logout } = await import("../login/logout.ts");
      await interruptible("No profile was removed.", (signal, standing) => logout(options, signal, standing));
    });
}
