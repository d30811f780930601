import { printable } from "../../domain/text/printable.ts";
import { Exit, INTERRUPTED } from "./exit.ts";

/** Whether a person can be asked. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/**
 * Asks before something is written. `yes` answers for the user (`--yes`).
 *
 * @throws Error where nobody can be asked and `yes` is not set
 */
export async function confirmed(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!canAsk()) throw new Error(`Nothing was written: ${question} Nobody can be asked here; give --yes to go on.`);
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({ message: printable(question), initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw new Exit(INTERRUPTED);
  return answer;
}
