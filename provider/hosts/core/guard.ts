/** Why operations in flight are ended from outside. */
type Reject = (error: Error) => void;

/**
 * Runs operations with a deadline. While any is in flight, an exception that escaped into a timer or an event callback, or
 * a signal to end, fails them all: Pulumi's host would only log it, and the call would never return. Without any, both are
 * left to the host.
 */
export class Guard {
  readonly #inFlight = new Set<Reject>();
  #isListening = false;
  readonly #onInterrupt: () => void;
  readonly #onStray = (error: unknown) => this.#failAll(`stopped by an unexpected error: ${String(error)}`);
  readonly #onSignal = (signal: NodeJS.Signals) => {
    if (this.#inFlight.size === 0) {
      this.#unlisten();
      process.kill(process.pid, signal);
      return;
    }
    this.#onInterrupt();
    this.#failAll(`interrupted by ${signal}`);
    // The answers need a moment to leave; after that the process ends as it would have without us.
    setTimeout(() => process.exit(signal === "SIGINT" ? 130 : 143), 500);
  };

  /** @param onInterrupt called when the process is asked to end while operations are in flight */
  constructor(onInterrupt: () => void) {
    this.#onInterrupt = onInterrupt;
  }

  /** @param limit how to raise the limit, for the user who meets it */
  async run<Result>(
    seconds: number,
    what: string,
    operation: () => Promise<Result>,
    limit = "with: pulumi config set anomify:timeoutSeconds <seconds>",
  ): Promise<Result> {
    let reject: Reject = () => {};
    const stopped = new Promise<never>((_, refuse) => {
      reject = refuse;
    });
    const timer = setTimeout(
      () => reject(new Error(`${what} took longer than ${seconds} seconds. Raise the limit ${limit}`)),
      seconds * 1000,
    );
    this.#listen();
    this.#inFlight.add(reject);
    try {
      return await Promise.race([operation(), stopped]);
    } finally {
      clearTimeout(timer);
      this.#inFlight.delete(reject);
    }
  }

  /** Listens from the first operation on: to begin and end with each of thousands of short ones costs more than some of them. */
  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    process.on("uncaughtException", this.#onStray).on("unhandledRejection", this.#onStray);
    process.on("SIGINT", this.#onSignal).on("SIGTERM", this.#onSignal);
  }

  #unlisten(): void {
    this.#isListening = false;
    process.off("uncaughtException", this.#onStray).off("unhandledRejection", this.#onStray);
    process.off("SIGINT", this.#onSignal).off("SIGTERM", this.#onSignal);
  }

  /** Ends what is in flight, as the engine asks for it; without any, nothing is to be reported. */
  cancel(reason: string): void {
    this.#onInterrupt();
    this.#failAll(reason);
  }

  #failAll(message: string): void {
    for (const reject of this.#inFlight) reject(new Error(message));
  }
}
