import { printable } from "../../domain/text/printable.ts";
/** Shows that a long operation is under way; nothing where stderr is not a terminal. */
export interface Progress {
  /** What is being done now, such as `Reading watchers (3 of 7)`. */
  step(text: string): void;
}

/** Runs work under a spinner on stderr, which is gone when the work has ended. */
export async function withProgress<Result>(
  text: string,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  if (!process.stderr.isTTY) return await work({ step: () => undefined });
  const { spinner } = await import("@clack/prompts");
  const spin = spinner({ output: process.stderr });
  spin.start(text);
  try {
    return await work({ step: (message) => spin.message(printable(message)) });
  } finally {
    spin.clear();
  }
}
