import { printable } from "../../domain/text/printable.ts";
import { Cancelled } from "./interrupt.ts";

/** Whether a person can be asked. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** What every question is asked with: stdout is for results. */
export interface Asking {
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/**
 * The answer to a question of the library's; `signal` takes the question away.
 *
 * @throws Cancelled on Ctrl-C, which is a key while the question is shown
 */
export async function answerTo<Reply>(
  ask: (asking: Asking) => Promise<Reply>,
  signal: AbortSignal,
): Promise<Exclude<Reply, symbol>> {
  const reply = await ask({ output: process.stderr, signal });
  if (!isAnswer(reply)) throw new Cancelled();
  return reply;
}

/** The library replies with a symbol when a question is cancelled. */
const isAnswer = <Reply>(reply: Reply): reply is Exclude<Reply, symbol> => typeof reply !== "symbol";

/**
 * Asks before something is written. `yes` answers for the user (`--yes`).
 *
 * @throws Cancelled on Ctrl-C; Error where nobody can be asked and `yes` is not set
 */
export async function confirmed(question: string, yes: boolean, signal: AbortSignal): Promise<boolean> {
  if (yes) return true;
  if (!canAsk()) throw new Error(`Nothing was written: ${question} Nobody can be asked here; give --yes to go on.`);
  const { confirm } = await import("@clack/prompts");
  const message = printable(question);
  return await answerTo((asking) => confirm({ ...asking, message, initialValue: false }), signal);
}
