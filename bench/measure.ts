import { loadavg } from "node:os";
import { CliStack } from "./cli.ts";
import { EmbeddedStack } from "./embedded.ts";
import { ProcessWatch, type Usage } from "./processes.ts";
import type { Projects } from "./projects.ts";
import { ServiceProcess } from "./service-process.ts";
import { settings } from "./settings.ts";
import { type BenchStack, bytesPerResource } from "./stack.ts";
import { type EngineName, type Measured, type Operation, operations, type Peer, type Row } from "./types.ts";

/** Milliseconds that the service adds to each reply: that of one within the same continent. */
export const LATENCY = 20;

/** One stack to be measured. */
export interface Task {
  readonly engine: EngineName;
  readonly setting: string;
  readonly size: number;
  readonly peer: Peer;
  readonly run: number;
  readonly operations: readonly Operation[];
  readonly limitSeconds: number;
}

/** Takes a stack from `up` to `destroy` against a service of its own. @throws Error when an operation fails */
export async function measure(task: Task, projects: Projects): Promise<Row> {
  const { engine, setting, size, peer, run } = task;
  const service = await ServiceProcess.start(LATENCY);
  let stack: BenchStack | undefined;
  try {
    stack = await openStack(task, projects, service);
    const measured: Partial<Record<Operation, Measured>> = {};
    let bytes = { stateBytes: 0, ownBytes: 0 };
    for (const operation of operations) {
      // These two are what the others need.
      if (!["up", "destroy", ...task.operations].includes(operation)) continue;
      if (operation === "destroy") bytes = bytesPerResource(stack.state());
      projects.write({ count: size, changed: operation === "change" });
      measured[operation] = await timed(() => (stack as BenchStack).run(operation), service);
    }
    return { engine, setting, size, peer, run, takenAt: new Date().toISOString(), operations: measured, ...bytes };
  } finally {
    await stack?.close();
    await service.stop();
  }
}

async function openStack(task: Task, projects: Projects, service: ServiceProcess): Promise<BenchStack> {
  const options = {
    directory: projects.directory(task.peer),
    endpoint: service.url,
    token: service.token,
    env: settings[task.setting] ?? {},
    limitSeconds: task.limitSeconds,
  };
  return task.engine === "cli" ? new CliStack(options) : await EmbeddedStack.create(options);
}

async function timed(work: () => Promise<void>, service: ServiceProcess): Promise<Measured> {
  await service.requests();
  const [load = 0] = loadavg();
  const watch = new ProcessWatch([service.pid]);
  let usage: Usage;
  const started = performance.now();
  try {
    await work();
  } finally {
    usage = watch.stop();
  }
  const milliseconds = Math.round(performance.now() - started);
  return { milliseconds, requests: await service.requests(), ...usage, load: Math.round(load * 100) / 100 };
}
