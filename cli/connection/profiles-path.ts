import { join } from "node:path";
import envPaths from "env-paths";

/** The file with the stored profiles: in ANOMIFY_CONFIG_DIR, else in the platform's folder for configuration. */
export function profilesFile(): string {
  return join(process.env.ANOMIFY_CONFIG_DIR || envPaths("anomify", { suffix: "" }).config, "profiles.json");
}
