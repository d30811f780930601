import { open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "../files/write.ts";
import { profilesFile } from "./profiles-path.ts";

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
  /** Whether it is a demo account, which may not write. */
  readonly demo?: boolean;
}

export const DEFAULT_PROFILE = "default";

/** As the file has it: the secret is there, or in the system's keychain. */
interface StoredProfile extends Omit<Profile, "name"> {
  /** Which secret the keychain has. */
  readonly keychain?: "sessionId" | "token";
}

type Profiles = ReadonlyMap<string, StoredProfile>;

/** Letters, digits, `.`, `_` and `-`, 64 at most, a letter or digit first. */
export const isProfileName = (name: string): boolean => /^[A-Za-z0-9][\w.-]{0,63}$/.test(name);

/**
 * The stored profile of that name.
 *
 * @throws Error when the file is broken, or open to other users of the machine, or the keychain does not give the secret
 */
export async function readProfile(name: string): Promise<Profile | undefined> {
  const stored = (await readProfiles()).get(name);
  if (stored === undefined) return undefined;
  const { keychain, ...rest } = stored;
  if (keychain === undefined) return { name, ...rest };
  return { name, ...rest, [keychain]: await secretOf(name) };
}

/** Where a stored profile leads, without its secret. @throws Error when the file is broken, or open to other users */
export async function storedEndpoint(name: string): Promise<string | undefined> {
  return (await readProfiles()).get(name)?.endpoint;
}

async function secretOf(name: string): Promise<string> {
  const again = `log in again with: anomify login --profile ${name}`;
  const { openKeychain } = await import("./keychain.ts");
  const secret = await openKeychain()
    .then((keychain) => keychain.read(name))
    .catch((error: Error) => {
      throw new Error(
        `The secret of profile "${name}" is in the system's keychain, which cannot be read: ${error.message}. Unlock it, or ${again}`,
      );
    });
  if (secret === null) throw new Error(`The system's keychain has no secret for profile "${name}"; ${again}`);
  return secret;
}

/** Names of all stored profiles, sorted. */
export async function profileNames(): Promise<string[]> {
  return [...(await readProfiles()).keys()].sort();
}

/** Where the secret of a profile went, and why not into the keychain where that was wanted. */
export interface Storage {
  readonly place: "keychain" | "file";
  readonly reason?: string;
}

/**
 * Stores a profile in place of the one of that name. The others are read again right before the write, so that two logins at
 * the same time lose one profile only when both write at the same instant; the later write then stands.
 *
 * @param keychain whether the secret goes into the system's keychain; the file has it where there is none
 */
export async function storeProfile({ name, ...profile }: Profile, keychain = false): Promise<Storage> {
  if (!isProfileName(name)) throw new Error(`"${name}" cannot be the name of a profile.`);
  const before = await readProfiles();
  const { stored, storage } = keychain ? await withKeychain(name, profile) : inFile(profile);
  await writeProfiles(new Map([...before, [name, stored]]));
  if (storage.place === "file" && before.get(name)?.keychain !== undefined) await forget(name);
  return storage;
}

const inFile = (stored: StoredProfile, reason?: string): { stored: StoredProfile; storage: Storage } => ({
  stored,
  storage: reason === undefined ? { place: "file" } : { place: "file", reason },
});

async function withKeychain(name: string, profile: Omit<Profile, "name">) {
  const { openKeychain } = await import("./keychain.ts");
  const { sessionId, token, ...rest } = profile;
  try {
    await (await openKeychain()).write(name, token ?? sessionId ?? "");
    const stored: StoredProfile = { ...rest, keychain: token === undefined ? "sessionId" : "token" };
    return { stored, storage: { place: "keychain" } as const };
  } catch (error) {
    return inFile(profile, error instanceof Error ? error.message : String(error));
  }
}

/** What the keychain still has is of no use to anybody. Where it cannot be reached, it cannot be cleaned up either. */
async function forget(name: string): Promise<void> {
  const { openKeychain } = await import("./keychain.ts");
  await openKeychain()
    .then((keychain) => keychain.remove(name))
    .catch(() => undefined);
}

/** Removes a profile and its secret; returns whether there was one. */
export async function removeProfile(name: string): Promise<boolean> {
  const rest = new Map(await readProfiles());
  const stored = rest.get(name);
  if (stored === undefined) return false;
  rest.delete(name);
  if (stored.keychain !== undefined) await forget(name);
  if (rest.size > 0) await writeProfiles(rest);
  else await rm(profilesFile());
  return true;
}

async function writeProfiles(profiles: Profiles): Promise<void> {
  const file = { profiles: Object.fromEntries(profiles) };
  await writeWhole(profilesFile(), `${JSON.stringify(file, null, 2)}\n`, 0o600);
}

async function readProfiles(): Promise<Profiles> {
  const path = profilesFile();
  const text = await readPrivate(path);
  if (text === undefined) return new Map();
  // Loaded here: help and completion need no schemas.
  const { ProfilesFile } = await import("./profiles-file.ts");
  const parsed = ProfilesFile.safeParse(parseJson(text));
  if (parsed.success) return new Map(Object.entries(parsed.data.profiles));
  // Not the parser's words: they quote the text, which holds secrets.
  throw new Error(`The stored logins in ${path} cannot be read. Delete the file and log in again with: anomify login`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Text of a file that is the owner's alone; undefined when there is none. */
async function readPrivate(path: string): Promise<string | undefined> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, "r");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    throw new Error(`The stored logins in ${path} cannot be read (${code}). Check who owns the file and its folder.`);
  }
  try {
    // The opened file is judged, not its name, which may lead elsewhere a moment later.
    if (process.platform !== "win32") {
      refuseOpen(path, (await file.stat()).mode & 0o077, "600");
      refuseOpen(dirname(path), (await stat(dirname(path))).mode & 0o022, "700");
    }
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function refuseOpen(path: string, excess: number, mode: string): void {
  if (excess === 0) return;
  const quoted = `'${path.replaceAll("'", "'\\''")}'`;
  throw new Error(
    `${path} is open to other users of this machine, and stored logins are secrets. Mend it with: chmod ${mode} ${quoted}`,
  );
}
