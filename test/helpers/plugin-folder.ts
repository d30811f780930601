import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../provider/hosts/plugin/main.ts", import.meta.url));

/**
 * Writes a folder with the plugin as the executable that Pulumi looks for, run from the sources. Each start adds a line to its
 * file `processes`: the process id.
 */
export function writePluginFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "pulumi-resource-anomify");
  writeFileSync(
    path,
    `#!/bin/sh\necho $$ >> "${join(folder, "processes")}"\nexec "${process.execPath}" "${main}" "$@"\n`,
  );
  chmodSync(path, 0o755);
}
