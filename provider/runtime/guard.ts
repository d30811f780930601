/** Why operations in flight are ended from outside. */
type Reject = (error: Error) => void;

/**
 * Runs operations with a deadline. While any is in flight, an exception that escaped into a timer or an event callback, or
 * a signal to end, fails them all: Pulumi's host would only log it, and the call would never return.
 */
export class Guard {
  readonly #inFlight = new Set<Reject>();
  readonly #onInterrupt: () => void;
  readonly #onStray = (error: unknown) => this.#failAll(`stopped by an unexpected error: ${String(error)}`);
  readonly #onSignal = (signal: NodeJS.Signals) => {
    this.#onInterrupt();
    this.#failAll(`interrupted by ${signal}`);
    // The answers need a moment to leave; after that the process ends as it would have without us.
    setTimeout(() => process.exit(signal === "SIGINT" ? 130 : 143), 500);
  };

  /** @param onInterrupt called when the process is told to end while operations are in flight */
  constructor(onInterrupt: () => void) {
    this.#onInterrupt = onInterrupt;
  }

  async run<Result>(seconds: number, what: string, operation: () => Promise<Result>): Promise<Result> {
    let reject: Reject = () => {};
    const stopped = new Promise<never>((_, refuse) => {
      reject = refuse;
    });
    const timer = setTimeout(
      () =>
        reject(
          new Error(
            `${what} took longer than ${seconds} seconds. Raise the limit with: pulumi config set anomify:timeoutSeconds <seconds>`,
          ),
        ),
      seconds * 1000,
    );
    this.#enter(reject);
    try {
      return await Promise.race([operation(), stopped]);
    } finally {
      clearTimeout(timer);
      this.#leave(reject);
    }
  }

  #enter(reject: Reject): void {
    if (this.#inFlight.size === 0) {
      process.on("uncaughtException", this.#onStray).on("unhandledRejection", this.#onStray);
      process.on("SIGINT", this.#onSignal).on("SIGTERM", this.#onSignal);
    }
    this.#inFlight.add(reject);
  }

  #leave(reject: Reject): void {
    this.#inFlight.delete(reject);
    if (this.#inFlight.size > 0) return;
    process.off("uncaughtException", this.#onStray).off("unhandledRejection", this.#onStray);
    process.off("SIGINT", this.#onSignal).off("SIGTERM", this.#onSignal);
  }

  #failAll(message: string): void {
    for (const reject of this.#inFlight) reject(new Error(message));
  }
}
