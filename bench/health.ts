// Counts what `anomify health` asks of a large organization: `node bench/health.ts [watchers] [metrics]`. Needs a build.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startSimulator } from "../simulator/index.ts";

const [watchers = 5_000, metrics = 100_000] = process.argv.slice(2).map(Number);
const command = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

const simulator = await startSimulator({ tenants: ["acme"] });
const acme = simulator.organization("acme");
acme.edit((state) => {
  const [metric] = state.metrics;
  const watcher = state.watchers.find(({ name }) => name === "Checkout latency");
  if (metric === undefined || watcher === undefined) throw new Error("acme has no metric, or no such watcher");
  state.metrics = Array.from({ length: metrics }, (_, index) => ({ ...metric, name: `host${index}.disk.free` }));
  state.watchers = Array.from({ length: watchers }, (_, index) => ({
    ...watcher,
    id: 10_000 + index,
    name: `Disk of host ${index}`,
    chips: ["disk", `host${index}`],
  }));
});

const began = performance.now();
const env = { ...process.env, ANOMIFY_ENDPOINT: simulator.url, ANOMIFY_TOKEN: acme.token };
const { stdout } = await promisify(execFile)(process.execPath, [command, "health", "--json"], {
  env,
  maxBuffer: 1 << 28,
});
const seconds = ((performance.now() - began) / 1000).toFixed(1);
const requests: Record<string, number> = {};
for (const { operation } of simulator.journal.entries())
  if (operation !== null) requests[operation] = (requests[operation] ?? 0) + 1;
await simulator.stop();

process.stdout.write(
  `anomify health: ${watchers} watchers, ${metrics} metrics, ${seconds} s, ${stdout.length} bytes\n`,
);
for (const [operation, count] of Object.entries(requests))
  process.stdout.write(`${String(count).padStart(6)} ${operation}\n`);
