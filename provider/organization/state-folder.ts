import { join } from "node:path";

/**
 * A folder for what processes leave to each other on this machine: in ANOMIFY_STATE_DIR (`off` for none), else in the
 * platform's folder for data of programs. Not made here; undefined when there is none.
 */
export async function stateFolder(name: string): Promise<string | undefined> {
  const named = process.env.ANOMIFY_STATE_DIR;
  if (named === "off") return undefined;
  if (named) return join(named, name);
  try {
    // Fails as it is loaded where the user has no home.
    const { default: envPaths } = await import("env-paths");
    return join(envPaths("anomify", { suffix: "" }).data, name);
  } catch {
    return undefined;
  }
}
