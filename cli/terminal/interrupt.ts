import { Exit, INTERRUPTED } from "./exit.ts";

/** Says how things stand now: what is done and what is left if the work is interrupted from here on. */
export type Standing = (text: string) => void;

/** Somebody at a question pressed Ctrl-C. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  constructor() {
    super("cancelled at a question");
  }
}

/**
 * Runs the work of a command, which Ctrl-C ends: as a signal, or as a key at a question. The first one aborts what is under way,
 * so that nothing is left half-written; the second one ends the process. The one place that says so and chooses the exit code.
 *
 * @param standing how things stand before the work says otherwise
 * @throws Exit with 130 when interrupted, also when the work was done by then: what comes after `&&` is not wanted
 */
export async function interruptible<Result>(
  standing: string,
  work: (signal: AbortSignal, standing: Standing) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let current = standing;
  const report = () => void process.stderr.write(`Interrupted. ${current}`.trimEnd().concat("\n"));
  const stop = () => {
    if (controller.signal.aborted) {
      report();
      process.exit(INTERRUPTED);
    }
    controller.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const result = await work(controller.signal, (text) => {
      current = text;
    });
    if (!controller.signal.aborted) return result;
    current = "Everything was done by then.";
  } catch (error) {
    if (!controller.signal.aborted && !(error instanceof Cancelled)) throw error;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
  report();
  throw new Exit(INTERRUPTED);
}
