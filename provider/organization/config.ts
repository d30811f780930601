import { DEFAULT_ENDPOINT } from "../../sdk/default-endpoint.ts";
import { refusalOfEndpoint } from "../../sdk/endpoint-url.ts";
import { type Advice, checkWireOverrides, InvalidOptionsError, type WireOverrides } from "../../sdk/index.ts";
import { type SettingWords, STACK_WORDS } from "./setting-words.ts";

/** Settings of the provider, read once per process from the stack's config and the environment. */
export interface Settings {
  readonly endpoint: string;
  /** Whether the endpoint may be http on another machine. */
  readonly allowInsecureEndpoint?: true;
  readonly token?: string;
  readonly sessionId?: string;
  /** Seconds that one operation on one resource may take, retries and waits included. */
  readonly timeoutSeconds: number;
  /** How often a request is sent again after a failure that may pass. */
  readonly retries: number;
  /** Most requests per second; no limit when left out. */
  readonly requestsPerSecond?: number;
  /** Whether warnings about look-ups that could not be made are errors. */
  readonly strict: boolean;
  /** Most metrics that an exclusion may leave out. */
  readonly exclusionMaxMetrics?: number;
  /** Days of stored anomalies that a preview replays for new and changed watchers; none when left out. */
  readonly replayDays?: number;
  /** Real names of parameters and reply fields, where the service uses others than this release assumes. */
  readonly wire?: WireOverrides;
}

/** A setting is wrong or missing. Says which, and the command that mends it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads one key of our namespace; `undefined` when it is not set. */
export type ConfigReader = (key: string) => string | undefined;
type Environment = Readonly<Record<string, string | undefined>>;

export const DEFAULT_TIMEOUT_SECONDS = 120;
export const DEFAULT_RETRIES = 4;

/**
 * Settings from `anomify:<key>` of the stack, else from `ANOMIFY_<KEY>` of the environment. All mistakes at once.
 *
 * @throws ConfigError
 */
export function readSettings(
  config: ConfigReader,
  environment: Environment,
  words: SettingWords = STACK_WORDS,
): Settings {
  const problems: Mistakes = { messages: [], words };
  const layer = (key: string, variable: string) => present(config(`anomify:${key}`)) ?? present(environment[variable]);
  const credentials = readCredentials(config, environment, problems);
  const insecure = layer("allowInsecureEndpoint", "ANOMIFY_ALLOW_INSECURE_ENDPOINT");
  const allowInsecure = readFlag("allowInsecureEndpoint", insecure, problems);
  const endpoint = readEndpoint(layer("endpoint", "ANOMIFY_ENDPOINT") ?? DEFAULT_ENDPOINT, allowInsecure, problems);
  const settings = {
    ...credentials,
    endpoint,
    ...(allowInsecure ? { allowInsecureEndpoint: allowInsecure } : {}),
    timeoutSeconds: readNumber("timeoutSeconds", layer("timeoutSeconds", "ANOMIFY_TIMEOUT_SECONDS"), 1, problems),
    retries: readNumber("retries", layer("retries", "ANOMIFY_RETRIES"), 0, problems),
    strict: readFlag("strict", layer("strict", "ANOMIFY_STRICT"), problems),
  };
  const widest = layer("exclusionMaxMetrics", "ANOMIFY_EXCLUSION_MAX_METRICS");
  const exclusionMaxMetrics = readNumber("exclusionMaxMetrics", widest, 0, problems);
  const mostRequests = layer("requestsPerSecond", "ANOMIFY_REQUESTS_PER_SECOND");
  const requestsPerSecond = readNumber("requestsPerSecond", mostRequests, 1, problems);
  const replayDays = readNumber("replayDays", layer("replayDays", "ANOMIFY_REPLAY_DAYS"), 1, problems);
  const wire = readWire(layer("wire", "ANOMIFY_WIRE"), problems);
  if (problems.messages.length > 0) throw new ConfigError(problems.messages.join("\n"));
  return {
    ...settings,
    ...(wire === undefined ? {} : { wire }),
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    ...(replayDays === undefined ? {} : { replayDays }),
    ...(exclusionMaxMetrics === undefined ? {} : { exclusionMaxMetrics }),
    timeoutSeconds: settings.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
    retries: settings.retries ?? DEFAULT_RETRIES,
  };
}

/** What to say when the credential of these settings is refused, or nobody answers: where they came from, and the way out. */
export function adviceOf(
  { endpoint, sessionId }: Settings,
  config: ConfigReader,
  words: SettingWords = STACK_WORDS,
): Advice | undefined {
  const isConfigured = present(config("anomify:token")) ?? present(config("anomify:sessionId"));
  const key = sessionId === undefined ? "token" : "sessionId";
  return words.advice?.({ key, isEnvironment: isConfigured === undefined }, endpoint);
}

/** What is wrong, and in whose words it is said. */
interface Mistakes {
  readonly messages: string[];
  readonly words: SettingWords;
}

function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}

/** The first layer that names a credential decides, so that a stack's token beats a session left in the environment. */
function readCredentials(config: ConfigReader, environment: Environment, problems: Mistakes) {
  const layers = [
    {
      token: present(config("anomify:token")),
      sessionId: present(config("anomify:sessionId")),
      where: "the stack config",
    },
    {
      token: present(environment.ANOMIFY_TOKEN),
      sessionId: present(environment.ANOMIFY_SESSION_ID),
      where: "the environment",
    },
  ];
  for (const { token, sessionId, where } of layers) {
    if (token !== undefined && sessionId !== undefined) {
      problems.messages.push(problems.words.both(where));
      return {};
    }
    if (token !== undefined) return { token };
    if (sessionId !== undefined) return { sessionId };
  }
  problems.messages.push(problems.words.missing);
  return {};
}

function readEndpoint(endpoint: string, allowInsecure: boolean, problems: Mistakes): string {
  const { words } = problems;
  const permit = words.permit;
  const refusal = refusalOfEndpoint(endpoint, { allowInsecure, permit });
  if (refusal !== undefined) {
    problems.messages.push(`${words.name("endpoint")} ${refusal} ${words.howToSet("endpoint", DEFAULT_ENDPOINT)}`);
  }
  return endpoint;
}

function readNumber(key: string, text: string | undefined, least: number, problems: Mistakes): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  problems.messages.push(
    `${problems.words.name(key)} must be a whole number, at least ${least}. ${problems.words.howToSet(key, "<number>")}`,
  );
  return undefined;
}

function readFlag(key: string, text: string | undefined, problems: Mistakes): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  problems.messages.push(`${problems.words.name(key)} must be true or false. ${problems.words.howToSet(key, "true")}`);
  return false;
}

function readWire(text: string | undefined, problems: Mistakes): WireOverrides | undefined {
  if (text === undefined) return undefined;
  try {
    return checkWireOverrides(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof InvalidOptionsError ? error.message : "wire is not valid: It must be JSON.";
    problems.messages.push(`${problems.words.wire(reason)} Set it as docs/wire-overrides.md of pulumi-anomify shows.`);
    return undefined;
  }
}
