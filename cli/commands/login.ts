import { Command, InvalidArgumentError } from "commander";
import { DEFAULT_ENDPOINT } from "../../provider/runtime/config.ts";
import { createClient } from "../../sdk/index.ts";
import { USAGE } from "../exit.ts";
import { interruptible } from "../interrupt.ts";
import { loginFailure } from "../login/failures.ts";
import { CODE_ATTEMPTS, logIn } from "../login/session.ts";
import { readLines } from "../login/stdin.ts";
import { printable } from "../output.ts";
import { DEFAULT_PROFILE, isProfileName, profilesFile, readProfile, storeProfile } from "../profiles.ts";
import { canAsk } from "../questions.ts";

interface Options {
  readonly profile?: string;
  readonly endpoint?: string;
  readonly email?: string;
  readonly passwordStdin?: true;
  readonly tokenStdin?: true;
}

const help = `
Password and token are never arguments, which other users of a machine can see.
With --password-stdin the second line, if any, is the two-factor code. A wrong code
typed at a terminal is asked for again, ${CODE_ATTEMPTS} times in all. Where the message with
the code names a login attempt, type its token after the code and a space.

Example:
  $ anomify login
  $ anomify login --profile eu --endpoint https://api.anomify.ai --email ana@example.com
  $ pass show anomify | anomify login --email ana@example.com --password-stdin
  $ pass show anomify-token | anomify login --profile ci --token-stdin

Exit codes: 0 stored, 1 refused or not reachable, 2 wrong arguments, 130 interrupted.
`;

/** `anomify login`: stores a session, or the token of an organization, under the name of a profile. */
export function loginCommand(): Command {
  return new Command("login")
    .description("Log in to Anomify and store the session as a profile for the other commands.")
    .option("--profile <name>", `name to store it under (default: ANOMIFY_PROFILE, or ${DEFAULT_PROFILE})`, parseName)
    .option("--endpoint <url>", `address of the API (default: the profile's, ANOMIFY_ENDPOINT, or ${DEFAULT_ENDPOINT})`)
    .option("--email <address>", "who logs in; asked for when left out")
    .option("--password-stdin", "read the password from standard input, which must not be a terminal")
    .option("--token-stdin", "store the token of an organization, from standard input, in place of a person's session")
    .addHelpText("after", help)
    .action(async (options: Options, command: Command) => {
      if (options.tokenStdin && (options.passwordStdin || options.email !== undefined)) {
        command.error("error: --token-stdin goes with neither --password-stdin nor --email", { exitCode: USAGE });
      }
      if (options.passwordStdin && options.email === undefined) {
        command.error("error: --password-stdin needs --email", { exitCode: USAGE });
      }
      await interruptible((signal) => login(options, signal));
    });
}

function parseName(name: string): string {
  if (isProfileName(name)) return name;
  throw new InvalidArgumentError("must be of letters, digits, '.', '_' and '-', 64 at most.");
}

async function login(options: Options, signal: AbortSignal): Promise<void> {
  const name = options.profile ?? (process.env.ANOMIFY_PROFILE || DEFAULT_PROFILE);
  // Read first: a store that cannot be used is told before anything is asked.
  const known = await readProfile(name);
  const endpoint = options.endpoint ?? known?.endpoint ?? (process.env.ANOMIFY_ENDPOINT || DEFAULT_ENDPOINT);
  createClient({ endpoint });
  process.stderr.write(`Logging in at ${endpoint}\n`);
  const who = await (options.tokenStdin ? withToken : withPassword)({ name, endpoint, options, signal });
  process.stdout.write(`Logged in as ${printable(who)}. Stored as profile "${name}" in ${profilesFile()}\n`);
}

interface Target {
  readonly name: string;
  readonly endpoint: string;
  readonly options: Options;
  readonly signal: AbortSignal;
}

async function withToken({ name, endpoint, signal }: Target): Promise<string> {
  const [line] = await readLines("token", signal);
  const token = line.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error("What came on standard input cannot be a token.");
  try {
    const { data } = await createClient({ endpoint, token, signal, retries: 0 }).org.info();
    await storeProfile({ name, endpoint, token });
    return `organization ${data.org.name}`;
  } catch (error) {
    throw loginFailure(error, endpoint, "Anomify does not know this token");
  }
}

async function withPassword({ name, endpoint, options, signal }: Target): Promise<string> {
  const { email, password, code } = await credentials(options, signal);
  const session = await logIn({ endpoint, email, password, code, signal });
  const demo = session.user?.demo === true ? { demo: true } : {};
  await storeProfile({ name, endpoint, email, sessionId: session.id, ...demo });
  return `${session.user?.name ?? ""} <${email}>`.trim();
}

async function credentials(options: Options, signal: AbortSignal) {
  if (options.passwordStdin) {
    const [password, second] = await readLines("password", signal);
    // A code that was piped in is good for one attempt.
    return { email: options.email ?? "", password, code: async (attempt: number) => piped(attempt, second) };
  }
  if (!canAsk()) throw new Error("Nobody can be asked here. Give --email and --password-stdin, or --token-stdin.");
  const { askCode, askEmail, askPassword } = await import("../login/questions.ts");
  const email = options.email ?? (await askEmail(signal));
  const password = await askPassword(signal);
  const code = (attempt: number) => {
    if (attempt > 1) process.stderr.write("That code is wrong.\n");
    return askCode(signal);
  };
  return { email, password, code };
}

function piped(attempt: number, code: string | undefined): string | undefined {
  if (code === undefined) {
    throw new Error(
      "Anomify wants a two-factor code. Nothing was stored. Log in at a terminal, or give the code as the second line.",
    );
  }
  return attempt === 1 ? code : undefined;
}
