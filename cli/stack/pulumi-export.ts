import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseState, type StackState } from "../../provider/stack/read-state.ts";

/** What a stack declares, where one is given. @throws Error when it cannot be read, or is something else */
export async function declaredState(
  { state, stack }: { readonly state?: string; readonly stack?: string },
  signal: AbortSignal,
): Promise<StackState | undefined> {
  if (state === undefined && stack === undefined) return undefined;
  const options = { ...(state === undefined ? {} : { state }), ...(stack === undefined ? {} : { stack }) };
  const { text: written, source } = await stateText(options, signal);
  return parseState(written, source);
}

/** Text of the state: of a file, of stdin (`-`), or what `pulumi stack export` writes in this folder. */
export async function stateText(
  { state, stack }: { readonly state?: string; readonly stack?: string },
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly source: string }> {
  if (state === "-") return { text: await text(process.stdin), source: "Standard input" };
  if (state !== undefined) return { text: await fromFile(state), source: state };
  return { text: await fromPulumi(stack, signal), source: "What pulumi stack export wrote" };
}

async function fromFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : "it cannot be read";
    throw new Error(`${file}: ${reason}. Write it with: pulumi stack export --file ${file}`);
  }
}

async function fromPulumi(stack: string | undefined, signal: AbortSignal): Promise<string> {
  const args = ["stack", "export", "--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])];
  const child = spawn("pulumi", args, { stdio: ["ignore", "pipe", "pipe"], signal });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  try {
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code === 0) return out;
    throw new Error(
      `pulumi stack export failed: ${err.trim()}\nRun this in the folder of the project, or give --state <file>.`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Error("There is no pulumi on PATH. Give the state: pulumi stack export | anomify drift --state -");
  }
}
