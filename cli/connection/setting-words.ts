import { type SettingWords, variableOf } from "../../provider/organization/setting-words.ts";

/** Settings of a command: its options, the profile, and the environment. No stack has a part in them. */
export const COMMAND_WORDS: SettingWords = {
  name: (key) => (key === "endpoint" ? "The endpoint" : variableOf(key)),
  howToSet: (key, value) =>
    key === "endpoint"
      ? `Give it with --endpoint, such as ${value}, in ANOMIFY_ENDPOINT, or store it with: anomify login --endpoint ${value}`
      : `Set the environment variable ${variableOf(key)} to ${value}, or unset it.`,
  permit: "ANOMIFY_ALLOW_INSECURE_ENDPOINT=true",
  wire: (reason) => `The mapping (--wire or ANOMIFY_WIRE) is wrong: ${reason}`,
  missing: "There is no credential. Log in with: anomify login, or set the environment variable ANOMIFY_TOKEN.",
  both: () => "Both ANOMIFY_TOKEN and ANOMIFY_SESSION_ID are set. Unset one of them.",
};
