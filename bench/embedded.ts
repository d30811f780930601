import { createStack, type Deployment, type Result, type Stack } from "../testing/index.ts";
import type { BenchStack, BenchStackOptions } from "./stack.ts";
import type { Operation } from "./types.ts";

/** A stack of the embedded engine, with its state in memory. */
export class EmbeddedStack implements BenchStack {
  readonly #stack: Stack;

  private constructor(stack: Stack) {
    this.#stack = stack;
  }

  static async create({ directory, endpoint, token, env }: BenchStackOptions): Promise<EmbeddedStack> {
    const config = { "anomify:endpoint": endpoint };
    return new EmbeddedStack(await createStack({ directory, config, secrets: { "anomify:token": token }, env }));
  }

  async run(operation: Operation): Promise<void> {
    const result = await this.#operation(operation);
    if (result.ok) return;
    const errors = result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
    throw new Error(`${operation} failed:\n${errors.slice(0, 5).join("\n")}\n${result.stderr}`);
  }

  state(): Deployment {
    return this.#stack.exportState();
  }

  close(): Promise<void> {
    return this.#stack.close();
  }

  #operation(operation: Operation): Promise<Result> {
    switch (operation) {
      case "preview":
        return this.#stack.preview({ expectNoChanges: true });
      case "refresh":
        return this.#stack.refresh({ expectNoChanges: true });
      case "destroy":
        return this.#stack.destroy();
      default:
        return this.#stack.up();
    }
  }
}
