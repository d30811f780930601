// Records what a version writes into a state: node scripts/record-state.ts <name> [folder of a built checkout]
// The checkout is this one unless another is given; the engine and the service are always those of here.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startSimulator } from "../simulator/index.ts";
import { createStack, renderResult } from "../testing/index.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const [name, checkout = root] = process.argv.slice(2);
if (name === undefined) throw new Error("Say what to call it: node scripts/record-state.ts 0.2.0");

const folder = join(root, "test/states", name);
const directory = mkdtempSync(join(tmpdir(), "anomify-record-"));
cpSync(join(root, "test/states/program"), directory, { recursive: true });
symlinkSync(resolve(checkout, "node_modules"), join(directory, "node_modules"));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const simulator = await startSimulator({ tenants: ["acme"] });
const stack = await createStack({
  directory,
  stateFile: join(folder, "state.json"),
  passphrase: "kept states",
  parallel: 1,
  config: { "anomify:endpoint": simulator.url },
  secrets: {
    "anomify:token": simulator.organization("acme").token,
    webhook: "https://example.com/hook/of-a-kept-state",
  },
});
try {
  const result = await stack.up();
  process.stdout.write(renderResult(result));
  process.exitCode = result.ok ? 0 : 1;
} finally {
  await stack.close();
  await simulator.stop();
  rmSync(directory, { recursive: true });
}
