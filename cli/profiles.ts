/** Where a command finds a credential when the environment has none: what `anomify login` stored. */
export interface Profile {
  readonly name: string;
  readonly endpoint: string;
  /** A secret. */
  readonly sessionId?: string;
  /** A secret. */
  readonly token?: string;
  /** E-mail address that logged in; absent for the token of an organization. */
  readonly email?: string;
}

export const DEFAULT_PROFILE = "default";

/** The stored profile of that name. */
export async function readProfile(_name: string): Promise<Profile | undefined> {
  return undefined;
}
