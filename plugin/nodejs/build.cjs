// Pulumi installs a provider that it has as sources, as `pulumi package add <repository>` gets them, with `npm install` in this
// folder. A checkout is built then; what comes from npm is built already.
const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { resolve } = require("node:path");

const root = resolve(__dirname, "../..");
const steps = [
  ...(existsSync(resolve(root, "node_modules")) ? [] : [["ci"]]),
  ...(existsSync(resolve(root, "dist/plugin/main.js")) ? [] : [["run", "build"]]),
];
for (const args of steps) {
  const { status } = spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) {
    console.error(`npm ${args.join(" ")} failed in ${root}. Run it there to see why, then run pulumi again.`);
    process.exit(1);
  }
}
