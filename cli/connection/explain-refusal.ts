import { AuthenticationError, PermissionError } from "../../sdk/index.ts";
import { type ConnectionOptions, chosenProfile } from "./connection.ts";

/** A refused credential in one sentence that names where it came from and how to get a valid one; `undefined` for other errors. */
export async function explainRefusal(error: unknown, options: ConnectionOptions): Promise<string | undefined> {
  if (!(error instanceof AuthenticationError || error instanceof PermissionError)) return undefined;
  // The profile was read before; when it is gone by now the error itself is told.
  const profile = await chosenProfile(options).catch(() => null);
  if (profile === null) return undefined;
  if (error instanceof PermissionError) {
    if (!profile?.demo) return undefined;
    return `Profile "${profile.name}" is a demo account, which may look but not change anything. ${error.message}`;
  }
  if (profile === undefined) {
    const variable = process.env.ANOMIFY_TOKEN ? "ANOMIFY_TOKEN" : "ANOMIFY_SESSION_ID";
    return `Anomify does not accept the credential in the environment variable ${variable}. Set a valid one, or unset it and log in with: anomify login`;
  }
  const again = `anomify login --profile ${profile.name}`;
  return profile.token === undefined
    ? `The session of profile "${profile.name}" is no longer valid. Log in again with: ${again}`
    : `Anomify does not accept the token of profile "${profile.name}". Store a valid one with: ${again} --token-stdin`;
}
