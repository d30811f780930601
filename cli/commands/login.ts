import { Command, InvalidArgumentError } from "commander";
import { DEFAULT_ENDPOINT } from "../../sdk/default-endpoint.ts";
import { DEFAULT_PROFILE, isProfileName } from "../connection/profiles.ts";
import { CODE_ATTEMPTS } from "../login/limits.ts";
import type { LoginOptions } from "../login/login.ts";
import { USAGE } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";

const help = `
Password and token are never arguments, which other users of a machine can see.
With --password-stdin the second line, if any, is the two-factor code. A wrong code
typed at a terminal is asked for again, ${CODE_ATTEMPTS} times in all. Where the message with
the code names a login attempt, type its token after the code and a space.

--keychain needs the package @napi-rs/keyring beside this one. Where it or the keychain
is missing, the secret goes into the file, and the command says so.

Example:
  $ anomify login
  $ anomify login --profile eu --endpoint https://api.anomify.ai --email ana@example.com
  $ pass show anomify | anomify login --email ana@example.com --password-stdin
  $ pass show anomify-token | anomify login --profile ci --token-stdin`;

/** `anomify login`: stores a session, or the token of an organization, under the name of a profile. */
export function loginCommand(): Command {
  return new Command("login")
    .description("Log in to Anomify and store the session as a profile for the other commands.")
    .option("--profile <name>", `name to store it under (default: ANOMIFY_PROFILE, or ${DEFAULT_PROFILE})`, parseName)
    .option("--endpoint <url>", `address of the API (default: the profile's, ANOMIFY_ENDPOINT, or ${DEFAULT_ENDPOINT})`)
    .option("--email <address>", "who logs in; asked for when left out")
    .option("--password-stdin", "read the password from standard input, which must not be a terminal")
    .option("--token-stdin", "store the token of an organization, from standard input, in place of a person's session")
    .option("--keychain", "keep the secret in the system's keychain (default: in a file of your own)")
    .addHelpText("after", help)
    .action(async (options: LoginOptions, command: Command) => {
      if (options.tokenStdin && (options.passwordStdin || options.email !== undefined)) {
        command.error("error: --token-stdin goes with neither --password-stdin nor --email", { exitCode: USAGE });
      }
      if (options.passwordStdin && options.email === undefined) {
        command.error("error: --password-stdin needs --email", { exitCode: USAGE });
      }
      const { login } = await import("../login/login.ts");
      await interruptible("Nothing was stored.", (signal) => login(options, signal));
    });
}

function parseName(name: string): string {
  if (isProfileName(name)) return name;
  throw new InvalidArgumentError("must be of letters, digits, '.', '_' and '-', 64 at most.");
}
