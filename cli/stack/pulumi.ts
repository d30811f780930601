import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The Pulumi CLI in the folder of a project. */
export interface Pulumi {
  /** Shows all that the CLI prints on stderr. Resolves to its exit code. */
  run(args: readonly string[]): Promise<number>;
  /** As `run`, with text on standard input, where other users of the machine cannot see it. */
  give(args: readonly string[], input: string): Promise<number>;
  /** What the CLI prints. @throws Error with its exit code when it fails */
  ask(args: readonly string[]): Promise<string>;
}

/** The CLI on PATH; undefined when there is none. Ctrl-C ends a command of it in the CLI's own way. */
export function findPulumi(directory: string, signal: AbortSignal): Pulumi | undefined {
  const program = onPath();
  if (program === undefined) return undefined;
  const start = (args: readonly string[], options: Options) => execute(program, args, directory, signal, options);
  return {
    run: async (args) => (await start(args, {})).code,
    give: async (args, input) => (await start(args, { input })).code,
    ask: async (args) => {
      const { code, printed } = await start(args, { capture: true });
      signal.throwIfAborted();
      if (code !== 0) throw failed(args, code);
      return printed;
    },
  };
}

/** The error of a command that has shown itself what is wrong. */
export function failed(args: readonly string[], code: number): Error {
  const words = args.slice(0, 2).filter((word) => !word.startsWith("-"));
  return new Error(`pulumi ${words.join(" ")} failed with exit code ${code}; what it said is above.`);
}

function onPath(): string | undefined {
  const name = process.platform === "win32" ? "pulumi.exe" : "pulumi";
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

interface Options {
  readonly input?: string;
  readonly capture?: true;
}

function execute(
  program: string,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
  { input, capture }: Options,
): Promise<{ code: number; printed: string }> {
  signal.throwIfAborted();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    stdio: [input === undefined ? "inherit" : "pipe", capture ? "pipe" : 2, 2],
  });
  let printed = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  // A command that ends before it has read all has an exit code that says why.
  child.stdin?.on("error", () => undefined).end(input);
  // At a terminal Ctrl-C reaches both, and a second signal would make Pulumi drop its work.
  const stop = () => process.stdin.isTTY || child.kill("SIGINT");
  signal.addEventListener("abort", stop, { once: true });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => {
      signal.removeEventListener("abort", stop);
      resolve({ code: code ?? 1, printed });
    });
  });
}
