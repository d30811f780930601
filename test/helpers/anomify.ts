import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { transcriptFiles } from "../secrets/transcript.ts";
import { ensureBuilt } from "./build.ts";

// As it ships, which also starts in half the time.
export const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
await ensureBuilt();

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Added to an environment without any ANOMIFY_ variable; the home and config folders are to be given where they matter. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** All of standard input. */
  readonly stdin?: string | Buffer;
}

/** Runs the built `anomify` command in a process of its own, without a terminal. */
export async function anomify(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return await startAnomify(args, options).ended;
}

/** As `anomify`, with the process, for a test that ends it. */
export function startAnomify(
  args: readonly string[],
  options: RunOptions = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ran> } {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("ANOMIFY_"));
  // What is older is the test's own; the next millisecond, since a file's time is finer than this clock.
  const started = Date.now() + 1;
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...options.env },
    stdio: "pipe",
  });
  const text = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text.stdout += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    text.stderr += part;
  });
  child.stdin.end(options.stdin ?? "");
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once("error", reject).once("close", (code) => {
      handOverFiles(args, options, started);
      resolve({ code, ...text });
    });
  });
  return { child, ended };
}

/** What the command may have written: below its working folder, where that is a test's own, and in the folder of its logins. */
function handOverFiles(args: readonly string[], { cwd, env }: RunOptions, started: number): void {
  for (const folder of [cwd, env?.ANOMIFY_CONFIG_DIR]) {
    if (folder?.startsWith(tmpdir()) && existsSync(folder))
      transcriptFiles(`anomify ${args.join(" ")}`, folder, started);
  }
}
