import type { Command } from "commander";
import type { ConfigReader, Settings } from "../../provider/organization/config.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import type { AnomifyClient } from "../../sdk/index.ts";
import { note } from "../terminal/output.ts";
import { DEFAULT_PROFILE, type Profile, readProfile } from "./profiles.ts";
import { COMMAND_WORDS } from "./setting-words.ts";

/** Options of every command that talks to Anomify. */
export interface ConnectionOptions {
  readonly profile?: string;
  readonly endpoint?: string;
  /** Wire overrides as JSON; beats ANOMIFY_WIRE. */
  readonly wireJson?: string;
}

/** A command's way to one organization. */
export interface Connection {
  readonly client: AnomifyClient;
  /** The same client with its lists kept: each is read once. */
  readonly organization: Organization;
  readonly endpoint: string;
  readonly credential: "token" | "session";
  /** Where the credential came from, in words: `the environment` or `profile "eu"`. */
  readonly source: string;
}

/** Adds `--profile` and `--endpoint`. A token or a session is never an argument: other users of a machine can see those. */
export function withConnection(command: Command): Command {
  return command
    .option("--profile <name>", "organization to talk to, as stored by anomify login (default: ANOMIFY_PROFILE)")
    .option("--endpoint <url>", "address of the API (default: the profile's, ANOMIFY_ENDPOINT, or Anomify's own)");
}

/**
 * Connects with the profile that is named, else with ANOMIFY_TOKEN or ANOMIFY_SESSION_ID, else with the default profile.
 * Nothing is sent yet.
 *
 * @throws Error when there is no credential, or no profile of that name
 */
export async function openConnection(options: ConnectionOptions, signal: AbortSignal): Promise<Connection> {
  const { settings, source } = await openSettings(options);
  // Loaded here: help and completion need no client.
  const { connect } = await import("../../provider/organization/connect.ts");
  // What an object matches, and what is hardly meant so, is for the preview of a program.
  const organization = connect(settings, signal, (severity, message) => {
    if (severity === "warning") note(`Warning: ${message}`);
  });
  return {
    client: organization.api,
    organization,
    endpoint: settings.endpoint,
    credential: settings.token === undefined ? "session" : "token",
    source,
  };
}

/** What a client is made of, and where it came from, in words. */
export interface OpenedSettings {
  readonly settings: Settings;
  /** Of the credential. */
  readonly source: string;
  readonly endpointFrom: string;
}

/**
 * What `openConnection` connects with, for a command that makes clients of its own.
 *
 * @throws Error as `openConnection`
 */
export async function openSettings(options: ConnectionOptions): Promise<OpenedSettings> {
  const profile = await chosenProfile(options);
  const { readSettings } = await import("../../provider/organization/config.ts");
  const settings = readSettings(reader(options, profile), process.env, COMMAND_WORDS);
  return {
    settings,
    source: profile === undefined ? "the environment" : `profile "${profile.name}"`,
    endpointFrom: endpointFrom(options, profile),
  };
}

function endpointFrom({ endpoint }: ConnectionOptions, profile: Profile | undefined): string {
  if (endpoint !== undefined) return "--endpoint";
  if (profile !== undefined) return `profile "${profile.name}"`;
  return process.env.ANOMIFY_ENDPOINT ? "ANOMIFY_ENDPOINT" : "the default of this package";
}

/**
 * The profile that these options mean; undefined when the environment has the credential.
 *
 * @throws Error when there is none
 */
export async function chosenProfile({ profile: given }: ConnectionOptions): Promise<Profile | undefined> {
  const named = given ?? (process.env.ANOMIFY_PROFILE || undefined);
  if (named === undefined && (process.env.ANOMIFY_TOKEN || process.env.ANOMIFY_SESSION_ID)) return undefined;
  const found = await readProfile(named ?? DEFAULT_PROFILE);
  if (found !== undefined) return found;
  if (named !== undefined) {
    throw new Error(`There is no profile "${named}". Store it with: anomify login --profile ${named}`);
  }
  throw new Error(
    "There is no credential. Log in with: anomify login, or set the environment variable ANOMIFY_TOKEN to the token of an organization.",
  );
}

/** Puts options and profile where the provider reads the config of a stack, which beats the environment. */
function reader(options: ConnectionOptions, profile: Profile | undefined): ConfigReader {
  const values: Readonly<Record<string, string | undefined>> = {
    "anomify:token": profile?.token,
    "anomify:sessionId": profile?.sessionId,
    "anomify:endpoint": options.endpoint ?? profile?.endpoint,
    "anomify:wire": options.wireJson,
  };
  return (key) => values[key];
}
