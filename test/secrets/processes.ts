import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { transcript } from "./transcript.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const MAX_LABEL_LENGTH = 400;
const CHANNEL = "child_process";

/** How a command is called in findings: `anomify export --json`, `pulumi up`, the script without the path to it. */
export function labelOf(command: readonly string[]): string {
  const [program = "", ...args] = command.map((word) => word.replace(root, ""));
  const words = [program.replace(/^.*\//, ""), ...args].join(" ").replace(/^node dist\/cli\/main\.js/, "anomify");
  return words.replace(/\s+/g, " ").slice(0, MAX_LABEL_LENGTH);
}

/** Whatever starts a process asynchronously is seen, by Node's own channel: helpers, tests, and the embedded engine. */
function observeProcesses(): () => void {
  const running = new Set<() => void>();
  const onProcess = (message: unknown): void => {
    const { process: child } = message as { process: ChildProcess };
    // Arguments and pipes are there, and whoever reads the pipes does so by now: nothing is taken from them.
    child.once("spawn", () => {
      const finish = record(child, () => running.delete(finish));
      running.add(finish);
      child.once("close", finish);
    });
  };
  subscribe(CHANNEL, onProcess);
  return () => {
    unsubscribe(CHANNEL, onProcess);
    for (const finish of running) finish();
  };
}

/** Notes the arguments now, and the outputs when the function is called for the first time. */
function record(child: ChildProcess, done: () => void): () => void {
  const label = labelOf(child.spawnargs);
  transcript(`arguments of ${label}`, child.spawnargs.join("\n"));
  const outputs = (["stdout", "stderr"] as const).map((name) => {
    const parts: Buffer[] = [];
    child[name]?.on("data", (part: string | Buffer) => parts.push(Buffer.from(part)));
    return { name, parts };
  });
  let finished = false;
  return () => {
    if (finished) return;
    finished = true;
    done();
    for (const { name, parts } of outputs) transcript(`${name} of ${label}`, Buffer.concat(parts).toString());
  };
}

afterAll(observeProcesses());
