import { wrapAnsi } from "fast-wrap-ansi";
import { printable } from "../../domain/text/printable.ts";

/** Shows that a long operation is under way; nothing where stderr is not a terminal. */
export interface Progress {
  /** What is being done now, such as `Reading watchers (3 of 7)`. */
  step(text: string): void;
}

const FRAMES = ["◒", "◐", "◓", "◑"];
const FRAME_MS = 80;
const CLEAR_LINE = "\r\u001b[2K";

/**
 * Runs work under a spinner on stderr, which is gone when the work has ended. The terminal stays as it is: the spinner of the
 * library for questions makes Ctrl-C a key, and ends the process with 0 for it.
 */
export async function withProgress<Result>(
  text: string,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const { stderr } = process;
  if (!stderr.isTTY) return await work({ step: () => undefined });
  let message = text;
  let frame = 0;
  const draw = () => {
    // One line, which the next frame can replace.
    const [line] = wrapAnsi(printable(message), Math.max(1, stderr.columns - 4), { hard: true }).split("\n");
    stderr.write(`${CLEAR_LINE}${FRAMES[frame]}  ${line}`);
    frame = (frame + 1) % FRAMES.length;
  };
  draw();
  const timer = setInterval(draw, FRAME_MS);
  try {
    return await work({
      step: (next) => {
        message = next;
      },
    });
  } finally {
    clearInterval(timer);
    stderr.write(CLEAR_LINE);
  }
}
