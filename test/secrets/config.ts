import { fileURLToPath } from "node:url";
import { SecretSearchReporter } from "./reporter.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Settings of vitest by which a run ends with a search of all its outputs for secrets. */
export const secretSearch = {
  globalSetup: [here("./setup.ts")],
  setupFiles: [here("./processes.ts")],
  reporters: ["default" as const, new SecretSearchReporter()],
};
