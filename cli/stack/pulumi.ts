import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The Pulumi CLI in the folder of a project. */
export interface Pulumi {
  /** Shows all that the CLI prints on stderr. Resolves to its exit code. */
  run(args: readonly string[]): Promise<number>;
  /** As `run`, with text on standard input, where other users of the machine cannot see it. */
  give(args: readonly string[], input: string): Promise<number>;
  /** What the CLI prints; it asks nobody. @throws Error with what it says on stderr when it fails */
  ask(args: readonly string[]): Promise<string>;
}

export const NO_PULUMI =
  "There is no pulumi on PATH. Install it (https://www.pulumi.com/docs/install), or give the state of the stack: pulumi stack export > state.json, then --state state.json";

/** Arguments that choose a stack; none for the selected one. */
export const stackFlag = (stack: string | undefined): string[] => (stack === undefined ? [] : ["--stack", stack]);

/** The CLI on PATH; undefined when there is none. Ctrl-C ends a command of it in the CLI's own way. */
export function findPulumi(directory: string, signal: AbortSignal): Pulumi | undefined {
  const program = onPath();
  if (program === undefined) return undefined;
  const start = (args: readonly string[], io: Streams) => execute({ program, args, cwd: directory, signal, io });
  return {
    run: async (args) => (await start(args, { stdin: "inherit", output: "show" })).code,
    give: async (args, input) => (await start(args, { stdin: { text: input }, output: "show" })).code,
    ask: async (args) => {
      const { code, stdout, stderr } = await start([...args, "--non-interactive"], { stdin: "ignore", output: "keep" });
      signal.throwIfAborted();
      if (code !== 0) throw new Error(`${failure(args, code)}: ${stderr.trim()}`);
      return stdout;
    },
  };
}

/** The error of a command that has shown itself what is wrong. */
export function failed(args: readonly string[], code: number): Error {
  return new Error(`${failure(args, code)}; what it said is above.`);
}

function failure(args: readonly string[], code: number): string {
  const words = args.slice(0, 2).filter((word) => !word.startsWith("-"));
  return `pulumi ${words.join(" ")} failed with exit code ${code}`;
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

interface Streams {
  readonly stdin: "inherit" | "ignore" | { readonly text: string };
  /** `show`: all on our stderr; `keep`: for the caller. */
  readonly output: "show" | "keep";
}

interface Execution {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly io: Streams;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function execute({ program, args, cwd, signal, io }: Execution): Promise<Ended> {
  signal.throwIfAborted();
  const shown = io.output === "show";
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    stdio: [typeof io.stdin === "string" ? io.stdin : "pipe", shown ? 2 : "pipe", shown ? 2 : "pipe"],
  });
  const kept = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    kept.stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    kept.stderr += text;
  });
  // A command that ends before it has read all has an exit code that says why.
  child.stdin?.on("error", () => undefined).end(typeof io.stdin === "string" ? undefined : io.stdin.text);
  // At a terminal Ctrl-C reaches both, and a second signal would make Pulumi drop its work.
  const stop = () => process.stdin.isTTY || child.kill("SIGINT");
  signal.addEventListener("abort", stop, { once: true });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => {
      signal.removeEventListener("abort", stop);
      resolve({ code: code ?? 1, ...kept });
    });
  });
}
