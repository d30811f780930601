import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Question } from "./service.ts";

/** A simulated Anomify in a process of its own. */
export class ServiceProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly token: string;

  private constructor(child: ChildProcess, { url, token }: { url: string; token: string }) {
    this.#child = child;
    this.url = url;
    this.token = token;
  }

  /** @param latency milliseconds added to each reply */
  static async start(latency: number): Promise<ServiceProcess> {
    const child = fork(fileURLToPath(new URL("./service.ts", import.meta.url)), [String(latency)]);
    const address = await new Promise<{ url: string; token: string }>((resolve, reject) => {
      child.once("message", (message) => resolve(message as { url: string; token: string }));
      child.once("exit", (code) => reject(new Error(`The simulated service ended with ${code}.`)));
    });
    return new ServiceProcess(child, address);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Number of requests since the last call, by method and path. */
  async requests(): Promise<Record<string, number>> {
    const answer = once(this.#child, "message");
    this.#ask("requests");
    const [requests] = (await answer) as [Record<string, number>];
    return requests;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#ask("stop");
    await ended;
  }

  #ask(question: Question): void {
    this.#child.send(question);
  }
}
