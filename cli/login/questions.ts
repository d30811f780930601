import { password, text } from "@clack/prompts";
import { answerTo } from "../terminal/questions.ts";

/** Asks for the e-mail address. @throws Cancelled on Ctrl-C */
export async function askEmail(signal: AbortSignal): Promise<string> {
  const message = "E-mail address";
  const answer = await answerTo((asking) => text({ ...asking, message, validate: isMissing }), signal);
  return answer.trim();
}

/** Asks for the password, which is not shown. @throws Cancelled on Ctrl-C */
export async function askPassword(signal: AbortSignal): Promise<string> {
  return await answerTo((asking) => password({ ...asking, message: "Password", validate: isMissing }), signal);
}

/** Asks for the two-factor code, which is not shown. @throws Cancelled on Ctrl-C */
export async function askCode(signal: AbortSignal): Promise<string> {
  return await answerTo((asking) => password({ ...asking, message: "Two-factor code", validate: isMissing }), signal);
}

const isMissing = (value: string | undefined): string | undefined =>
  value === undefined || value.trim() === "" ? "Type something, or Ctrl-C to stop." : undefined;
