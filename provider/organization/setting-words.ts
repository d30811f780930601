import { didYouMean } from "../../domain/text/did-you-mean.ts";
import { printable } from "../../domain/text/printable.ts";
import type { Advice } from "../../sdk/index.ts";

/** Where a credential came from. */
export interface CredentialOrigin {
  readonly key: "token" | "sessionId";
  /** Whether it is a variable of the environment; else the config of a stack, or an argument of a provider. */
  readonly isEnvironment: boolean;
}

/** How the reader of a message calls a setting and sets it: the user of a stack, or of a command. */
export interface SettingWords {
  /** Such as `anomify:retries`. */
  name(key: string): string;
  /** How to set it, as a sentence. @param value what to set, such as `<number>` */
  howToSet(key: string, value: string): string;
  /** What permits an endpoint without https. */
  readonly permit: string;
  /** What is wrong with the mapping of names. @param reason begins with `wire` */
  wire(reason: string): string;
  /** There is no credential. */
  readonly missing: string;
  /** A token and a session in one place. @param place such as `the stack config` */
  both(place: string): string;
  /** What to do when the credential is refused or nobody answers. Left out: the caller says it in words of its own. */
  advice?(from: CredentialOrigin, endpoint: string): Advice;
}

/** Settings of a program: the config of its stack, else the environment. */
export const STACK_WORDS: SettingWords = {
  name: (key) => `anomify:${key}`,
  howToSet: (key, value) =>
    key === "endpoint"
      ? `Set it with: pulumi config set anomify:endpoint ${value}, or in ANOMIFY_ENDPOINT`
      : `Set it with: pulumi config set anomify:${key} ${value}`,
  permit: "anomify:allowInsecureEndpoint true (ANOMIFY_ALLOW_INSECURE_ENDPOINT)",
  wire: (reason) => `anomify:${reason}`,
  missing:
    "The Anomify token is missing. Set it with: pulumi config set --secret anomify:token (it asks for the token), or in the environment variable ANOMIFY_TOKEN.",
  advice: (from, endpoint) => ({
    unauthorized: afterUnauthorized(from, endpoint),
    unreachable: `The endpoint is ${endpoint}.`,
  }),
  both: (place) =>
    `Both an Anomify token and a session are set in ${place}; the session would win. Remove one, for example with: pulumi config rm anomify:sessionId`,
};

/** All settings of the namespace `anomify`. */
export const SETTING_KEYS = [
  "token",
  "sessionId",
  "endpoint",
  "allowInsecureEndpoint",
  "timeoutSeconds",
  "retries",
  "requestsPerSecond",
  "strict",
  "exclusionMaxMetrics",
  "replayDays",
  "wire",
] as const;

/** What is wrong with the name of a setting; undefined when there is one of this name. */
export function unknownSetting(key: string): string | undefined {
  if ((SETTING_KEYS as readonly string[]).includes(key)) return undefined;
  const hint = didYouMean(key, SETTING_KEYS) || ` There are ${SETTING_KEYS.join(", ")}.`;
  return `anomify:${printable(key)} is not a setting of pulumi-anomify, and has no effect.${hint} Remove it with: pulumi config rm anomify:${printable(key)}`;
}

/** Name of the environment variable for a key: `ANOMIFY_TIMEOUT_SECONDS` for `timeoutSeconds`. */
export const variableOf = (key: string): string =>
  `ANOMIFY_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

function afterUnauthorized({ key, isEnvironment }: CredentialOrigin, endpoint: string): string {
  const what = key === "token" ? "token" : "session";
  if (isEnvironment) {
    return `The ${what} is that of the environment variable ${variableOf(key)}, for ${endpoint}. Set a valid one there, and see that it is of this endpoint.`;
  }
  return `The ${what} is anomify:${key} of the stack's config, or the argument ${key} of the resource's provider, for ${endpoint}. Set a valid one (pulumi config set --secret anomify:${key} asks for it), then run pulumi up. Without --run-program, pulumi refresh and pulumi destroy use the ${what} that the state recorded at the last pulumi up.`;
}
