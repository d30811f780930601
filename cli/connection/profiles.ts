import { open, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import envPaths from "env-paths";
import { writeWhole } from "../files/write.ts";

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

type Profiles = ReadonlyMap<string, Omit<Profile, "name">>;

/** Letters, digits, `.`, `_` and `-`, 64 at most, a letter or digit first. */
export const isProfileName = (name: string): boolean => /^[A-Za-z0-9][\w.-]{0,63}$/.test(name);

/** The file with the stored profiles: in ANOMIFY_CONFIG_DIR, else in the platform's folder for configuration. */
export function profilesFile(): string {
  return join(process.env.ANOMIFY_CONFIG_DIR || envPaths("anomify", { suffix: "" }).config, "profiles.json");
}

/**
 * The stored profile of that name.
 *
 * @throws Error when the file is broken, or open to other users of the machine
 */
export async function readProfile(name: string): Promise<Profile | undefined> {
  const found = (await readProfiles()).get(name);
  return found === undefined ? undefined : { name, ...found };
}

/** Names of all stored profiles, sorted. */
export async function profileNames(): Promise<string[]> {
  return [...(await readProfiles()).keys()].sort();
}

/**
 * Stores a profile in place of the one of that name. The others are read again right before the write, so that two logins at
 * the same time lose one profile only when both write at the same instant; the later write then stands.
 */
export async function storeProfile({ name, ...stored }: Profile): Promise<void> {
  if (!isProfileName(name)) throw new Error(`"${name}" cannot be the name of a profile.`);
  await writeProfiles(new Map([...(await readProfiles()), [name, stored]]));
}

/** Removes a profile; says whether there was one. */
export async function removeProfile(name: string): Promise<boolean> {
  const rest = new Map(await readProfiles());
  const found = rest.delete(name);
  if (!found) return false;
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
