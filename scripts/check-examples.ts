// Type checks each example with its own tsconfig.json, as a user who copied it would.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const failed = readdirSync(`${root}examples`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${root}examples/${entry.name}/tsconfig.json`))
  .filter(({ name }) => {
    const tsc = [`${root}node_modules/typescript-7/bin/tsc`, "-p", `${root}examples/${name}`];
    return spawnSync(process.execPath, tsc, { stdio: "inherit" }).status !== 0;
  });
if (failed.length > 0) {
  console.error(`Examples with type errors: ${failed.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}
