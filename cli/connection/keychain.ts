import { profilesFile } from "./profiles-path.ts";

/** The system's store of secrets: Keychain of macOS, Credential Manager of Windows, Secret Service of Linux. */
export interface Keychain {
  /** Null when there is none. */
  read(profile: string): Promise<string | null>;
  write(profile: string, secret: string): Promise<void>;
  remove(profile: string): Promise<void>;
}

/** Not installed with this package: few need it, and it is a binary for each system. */
const PACKAGE = "@napi-rs/keyring";
const SERVICE = "anomify";
/** The keyring of the kernel, which Linux has besides, is gone with the next start of the machine. */
const STORE = { linux: { store: "secret-service" } };

/** What is used of the package. */
interface Entry {
  getPassword(): Promise<string | null>;
  setPassword(secret: string): Promise<void>;
  deletePassword(): Promise<boolean>;
}
interface Keyring {
  readonly AsyncEntry: new (service: string, account: string, options: object) => Entry;
}

/** @throws Error that says why there is none that can be used; nothing of a secret is in it */
export async function openKeychain(): Promise<Keychain> {
  const { AsyncEntry } = await load();
  // Two folders of logins may have profiles of one name.
  const entry = (profile: string) => new AsyncEntry(SERVICE, `${profile} (${profilesFile()})`, STORE);
  const keychain: Keychain = {
    read: (profile) => guarded(() => entry(profile).getPassword()),
    write: (profile, secret) => guarded(() => entry(profile).setPassword(secret)),
    remove: async (profile) => {
      await guarded(() => entry(profile).deletePassword());
    },
  };
  // A store that is not there says so at the first read alone.
  await keychain.read("");
  return keychain;
}

async function load(): Promise<Keyring> {
  let found: object;
  try {
    // The name is a value, so that neither compiler nor bundler asks for the package.
    found = await import(PACKAGE);
  } catch {
    throw new Error(`the package ${PACKAGE} is not installed; install it with: npm install ${PACKAGE}`);
  }
  if (isKeyring(found)) return found;
  throw new Error(`the package ${PACKAGE} is of a version that is not known; install version 2`);
}

const isKeyring = (found: object): found is Keyring => "AsyncEntry" in found && typeof found.AsyncEntry === "function";

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new Error(line);
  }
}
