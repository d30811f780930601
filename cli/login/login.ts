import { printable } from "../../domain/text/printable.ts";
import { DEFAULT_ENDPOINT } from "../../sdk/default-endpoint.ts";
import { createClient } from "../../sdk/index.ts";
import { type Address, addressOf } from "../connection/endpoint.ts";
import { DEFAULT_PROFILE, type Storage, storedEndpoint, storeProfile } from "../connection/profiles.ts";
import { profilesFile } from "../connection/profiles-path.ts";
import { note } from "../terminal/output.ts";
import { canAsk } from "../terminal/questions.ts";
import { loginFailure } from "./failures.ts";
import { logIn } from "./session.ts";
import { readLines } from "./stdin.ts";

/** What the command line says. */
export interface LoginOptions {
  readonly profile?: string;
  readonly endpoint?: string;
  readonly email?: string;
  readonly passwordStdin?: true;
  readonly tokenStdin?: true;
  /** Whether the secret goes into the system's keychain. */
  readonly keychain?: true;
}

/** Logs in and stores the profile; nothing is stored when anything fails. */
export async function login(options: LoginOptions, signal: AbortSignal): Promise<void> {
  const name = options.profile ?? (process.env.ANOMIFY_PROFILE || DEFAULT_PROFILE);
  // Read first: a store that cannot be used is reported before anything is asked.
  const known = await storedEndpoint(name);
  const endpoint = options.endpoint ?? known ?? (process.env.ANOMIFY_ENDPOINT || DEFAULT_ENDPOINT);
  const address = addressOf(endpoint);
  note(`Logging in at ${endpoint}`);
  const { who, storage } = await (options.tokenStdin ? withToken : withPassword)({ name, address, options, signal });
  const secret = storage.place === "keychain" ? ", its secret in the system's keychain" : "";
  process.stdout.write(`Logged in as ${printable(who)}. Stored as profile "${name}" in ${profilesFile()}${secret}\n`);
  if (storage.reason !== undefined) {
    note(
      `The system's keychain cannot be used: ${storage.reason}. The secret is in the file, which you alone can read.`,
    );
  }
}

interface Target {
  readonly name: string;
  readonly address: Address;
  readonly options: LoginOptions;
  readonly signal: AbortSignal;
}

/** Who logged in, and where the secret is. */
interface LoggedIn {
  readonly who: string;
  readonly storage: Storage;
}

async function withToken({ name, address, options, signal }: Target): Promise<LoggedIn> {
  const [line] = await readLines("token", signal);
  const token = line.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error("What came on standard input cannot be a token.");
  const { endpoint } = address;
  try {
    const { data } = await createClient({ ...address, token, signal, retries: 0 }).org.info();
    const storage = await storeProfile({ name, endpoint, token }, options.keychain);
    return { who: `organization ${data.org.name}`, storage };
  } catch (error) {
    throw loginFailure(error, endpoint, "Anomify does not know this token");
  }
}

async function withPassword({ name, address, options, signal }: Target): Promise<LoggedIn> {
  const { email, password, code } = await credentials(options, signal);
  const session = await logIn({ address, email, password, code, signal });
  const demo = session.user?.demo === true ? { demo: true } : {};
  const profile = { name, endpoint: address.endpoint, email, sessionId: session.id, ...demo };
  const storage = await storeProfile(profile, options.keychain);
  return { who: `${session.user?.name ?? ""} <${email}>`.trim(), storage };
}

async function credentials(options: LoginOptions, signal: AbortSignal) {
  if (options.passwordStdin) {
    const [password, second] = await readLines("password", signal);
    // A code that was piped in is good for one attempt.
    return { email: options.email ?? "", password, code: async (attempt: number) => piped(attempt, second) };
  }
  if (!canAsk()) throw new Error("Nobody can be asked here. Give --email and --password-stdin, or --token-stdin.");
  const { askCode, askEmail, askPassword } = await import("./questions.ts");
  const email = options.email ?? (await askEmail(signal));
  const password = await askPassword(signal);
  const code = (attempt: number) => {
    if (attempt > 1) note("That code is wrong.");
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
