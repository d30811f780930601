import { password, text } from "@clack/prompts";
import { Exit, INTERRUPTED } from "../terminal/exit.ts";

/** Asks for the e-mail address. @throws Exit with 130 on Ctrl-C */
export async function askEmail(signal: AbortSignal): Promise<string> {
  const message = "E-mail address";
  return answered(await text({ message, validate: isMissing, output: process.stderr, signal })).trim();
}

/** Asks for the password, which is not shown. @throws Exit with 130 on Ctrl-C */
export async function askPassword(signal: AbortSignal): Promise<string> {
  return answered(await password({ message: "Password", validate: isMissing, output: process.stderr, signal }));
}

/** Asks for the two-factor code, which is not shown. @throws Exit with 130 on Ctrl-C */
export async function askCode(signal: AbortSignal): Promise<string> {
  return answered(await password({ message: "Two-factor code", validate: isMissing, output: process.stderr, signal }));
}

const isMissing = (value: string | undefined): string | undefined =>
  value === undefined || value.trim() === "" ? "Type something, or Ctrl-C to stop." : undefined;

function answered(answer: string | symbol): string {
  if (typeof answer === "string") return answer;
  process.stderr.write("Interrupted; nothing was stored.\n");
  throw new Exit(INTERRUPTED);
}
