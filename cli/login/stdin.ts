import { decode, readStandardInput } from "../files/read.ts";

/**
 * Lines of standard input without their ends, for secrets that are neither arguments nor in the environment.
 *
 * @throws Error when it is a terminal, which would show what is typed, or when nothing comes
 */
export async function readLines(
  what: string,
  signal: AbortSignal,
): Promise<[first: string, second: string | undefined]> {
  if (process.stdin.isTTY) {
    throw new Error(
      `A terminal would show the ${what}. Pipe it into this command, for example from a password manager.`,
    );
  }
  const text = decode(await readStandardInput(signal), "Standard input", "");
  const [first = "", second] = text.split(/\r?\n/);
  if (first === "") throw new Error(`There is no ${what} on standard input.`);
  return [first, second === "" ? undefined : second];
}
