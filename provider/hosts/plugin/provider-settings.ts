import { ConfigError, type ConfigReader, readSettings } from "../../organization/config.ts";
import { type SettingWords, STACK_WORDS, variableOf } from "../../organization/setting-words.ts";
import type { Values } from "../../runtime/definition.ts";
import type { Failure } from "../../runtime/messages.ts";
import { containsUnknown } from "../../runtime/unknowns.ts";
import type { Properties } from "./properties.ts";

/** Settings that the engine has to encrypt, however they arrive. */
const SECRET_SETTINGS = ["token", "sessionId", "anomify:token", "anomify:sessionId"];

/** A setting is the config of a stack, an argument of a provider, or a variable of the environment. */
export const PLUGIN_WORDS: SettingWords = {
  ...STACK_WORDS,
  howToSet: (key, value) =>
    `Set it with: pulumi config set anomify:${key} ${value}, as the argument ${key} of an explicit provider, or in ${variableOf(key)}`,
  missing:
    "The Anomify token is missing. Set it with: pulumi config set --secret anomify:token (it asks for the token), as the argument token of an explicit provider, or in the environment variable ANOMIFY_TOKEN.",
};

/**
 * Reads settings as they reach a provider: texts from the config of a stack, values of any type from a program, and JSON text
 * of what is nested from either.
 */
export function settingsReader(settings: Values): ConfigReader {
  return (key) => {
    // A provider of a TypeScript program has its settings under their whole names: a stack that moves between the hosts keeps them.
    const value = settings[key.replace(/^anomify:/, "")] ?? settings[key];
    if (value === undefined || value === null) return undefined;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
}

/** The settings as they are recorded, and what is wrong with them. Those that are not known yet are judged later. */
export function checkSettings({ values, secrets }: Properties): { inputs: Properties; failures: Failure[] } {
  const inputs = { values, secrets: new Set([...secrets, ...SECRET_SETTINGS]) };
  if (containsUnknown(values)) return { inputs, failures: [] };
  try {
    readSettings(settingsReader(values), process.env, PLUGIN_WORDS);
    return { inputs, failures: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { inputs, failures: [{ property: "", reason: error.message }] };
  }
}
