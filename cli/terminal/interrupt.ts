import { Exit, INTERRUPTED } from "./exit.ts";

/**
 * Runs work that Ctrl-C ends: the first signal aborts what is under way, so that nothing is left half-written; the second one
 * ends the process.
 *
 * @throws Exit with 130 when interrupted
 */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    process.stderr.write("Interrupted.\n");
    throw new Exit(INTERRUPTED);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
