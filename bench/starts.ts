import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { providerText } from "../provider/hosts/dynamic/provider-text.ts";
import { ProviderClient } from "../testing/provider-client.ts";
import { ProviderProcess } from "../testing/provider-process.ts";
import { loadSdk } from "../testing/pulumi-sdk.ts";
import type { Projects } from "./projects.ts";
import type { Starts } from "./types.ts";

const floorText = 'exports.handler=()=>require("bench-floor").Nothing;';

/** Starts the provider process and the command, in turn with what each is compared with. */
export async function measureStarts(times: number, projects: Projects): Promise<Starts> {
  const [load = 0] = loadavg();
  const provider = { ours: [] as number[], floor: [] as number[] };
  const command = { help: [] as number[], node: [] as number[] };
  for (let time = 0; time < times; time += 1) {
    provider.floor.push(await untilAnswered(projects.directory("floor"), floorText, { value: 1 }));
    provider.ours.push(
      await untilAnswered(projects.directory("ours"), providerText("Watcher"), { name: "CPU", chips: ["cpu"] }),
    );
    command.node.push(untilEnded(["-e", "0"]));
    command.help.push(untilEnded([projects.command, "--help"]));
  }
  return { takenAt: new Date().toISOString(), load: Math.round(load * 100) / 100, provider, command };
}

/** Milliseconds from the start of a provider process to its first answer to a diff, which asks nothing of the service. */
async function untilAnswered(directory: string, text: string, inputs: Record<string, unknown>): Promise<number> {
  const sdk = loadSdk(directory);
  const options = { sdk, directory, project: "bench", engineAddress: "127.0.0.1:1", env: {}, onOutput: () => {} };
  const config = { "anomify:endpoint": "http://127.0.0.1:1", "anomify:token": "0".repeat(32) };
  const client = new ProviderClient(sdk, () => ProviderProcess.start(options), config);
  const started = performance.now();
  const urn = "urn:pulumi:dev::bench::pulumi-nodejs:dynamic/bench:Start::start";
  const values = { ...inputs, __provider: text };
  await client.diff(urn, "1", { inputs: values, outputs: values }, values, []);
  const milliseconds = Math.round(performance.now() - started);
  await client.stop();
  return milliseconds;
}

function untilEnded(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Math.round(performance.now() - started);
}
