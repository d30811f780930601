import { refusalOfEndpoint } from "../../sdk/endpoint-url.ts";
import { checkWireOverrides, InvalidOptionsError, type WireOverrides } from "../../sdk/index.ts";
import { DEFAULT_ENDPOINT } from "./default-endpoint.ts";

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
export function readSettings(config: ConfigReader, environment: Environment): Settings {
  const problems: string[] = [];
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
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
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

function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}

/** The first layer that names a credential decides, so that a stack's token beats a session left in the environment. */
function readCredentials(config: ConfigReader, environment: Environment, problems: string[]) {
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
      problems.push(
        `Both an Anomify token and a session are set in ${where}; the session would win. Remove one, for example with: pulumi config rm anomify:sessionId`,
      );
      return {};
    }
    if (token !== undefined) return { token };
    if (sessionId !== undefined) return { sessionId };
  }
  problems.push(
    "The Anomify token is missing. Set it with: pulumi config set --secret anomify:token <token>, or in the environment variable ANOMIFY_TOKEN.",
  );
  return {};
}

function readEndpoint(endpoint: string, allowInsecure: boolean, problems: string[]): string {
  const permit = "anomify:allowInsecureEndpoint true (ANOMIFY_ALLOW_INSECURE_ENDPOINT)";
  const refusal = refusalOfEndpoint(endpoint, { allowInsecure, permit });
  if (refusal !== undefined) {
    problems.push(
      `anomify:endpoint ${refusal} Set it with: pulumi config set anomify:endpoint https://api.anomify.ai, or in ANOMIFY_ENDPOINT`,
    );
  }
  return endpoint;
}

function readNumber(key: string, text: string | undefined, least: number, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  problems.push(
    `anomify:${key} must be a whole number, at least ${least}. Set it with: pulumi config set anomify:${key} <number>`,
  );
  return undefined;
}

function readFlag(key: string, text: string | undefined, problems: string[]): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  problems.push(`anomify:${key} must be true or false. Set it with: pulumi config set anomify:${key} true`);
  return false;
}

function readWire(text: string | undefined, problems: string[]): WireOverrides | undefined {
  if (text === undefined) return undefined;
  try {
    return checkWireOverrides(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof InvalidOptionsError ? error.message : "wire is not valid: It must be JSON.";
    problems.push(`anomify:${reason} Set it as docs/wire-overrides.md of pulumi-anomify shows.`);
    return undefined;
  }
}
