import { spawn } from "node:child_process";
import type { Project } from "./project.ts";
import type { PulumiRuntime, PulumiSdk } from "./pulumi-sdk.ts";

/** Exit code of Pulumi's runner when it has shown the user what was wrong. */
const ALREADY_REPORTED = 32;
const ORGANIZATION = "organization";
/** How long a program may go on after the engine has stopped. */
const GRACE = 5000;

export interface ProgramOptions {
  sdk: PulumiSdk;
  project: Project;
  stack: string;
  preview: boolean;
  parallel: number;
  address: string;
  config: Record<string, string>;
  secretKeys: string[];
  env: Record<string, string>;
  onStdout: (text: string) => void;
  onStderr: (text: string) => void;
  /** Calls the listener when the engine stops. */
  onAbort: (listener: () => void) => void;
}

/** Runs the program like Pulumi's language host does. Resolves to an error message, empty when it was shown already. */
export function runChild(options: ProgramOptions): Promise<string | undefined> {
  const { sdk, project, address } = options;
  const args = [sdk.scripts.run, "--monitor", address, "--engine", address, "--organization", ORGANIZATION];
  args.push(
    "--project",
    project.name,
    "--stack",
    options.stack,
    "--root-directory",
    project.root,
    "--pwd",
    project.programDirectory,
  );
  if (options.preview) args.push("--dry-run");
  args.push("--parallel", String(options.parallel), project.entry);
  const child = spawn(process.execPath, args, {
    cwd: project.programDirectory,
    env: {
      ...process.env,
      ...options.env,
      PULUMI_CONFIG: JSON.stringify(options.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(options.secretKeys),
      PULUMI_NODEJS_TYPESCRIPT: String(project.typescript),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8").on("data", options.onStdout);
  child.stderr.setEncoding("utf8").on("data", options.onStderr);
  options.onAbort(() => setTimeout(() => child.kill(), GRACE).unref());
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve(undefined);
      else if (code === ALREADY_REPORTED) resolve("");
      else resolve(`Program exited with non-zero exit code: ${code ?? signal}`);
    });
  });
}

/** Rejections that belong to the program must not end the process that hosts it. */
function captureRejections(): { errors: Set<unknown>; restore: () => void } {
  const errors = new Set<unknown>();
  const listener = (error: unknown) => void errors.add(error);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", listener);
  const restore = () => {
    process.removeListener("unhandledRejection", listener);
    for (const other of others) process.on("unhandledRejection", other);
  };
  return { errors, restore };
}

/** Key under which the SDK's runtime keeps the turn of the program that uses it: its state is one for the whole process. */
const TURN = Symbol.for("pulumi-anomify.testing.turn");

/** Runs a function of this process as the program, when those before it are done. */
export function runInProcess(program: () => Promise<unknown>, options: ProgramOptions): Promise<string | undefined> {
  const runtime = options.sdk.runtime() as PulumiRuntime & { [TURN]?: Promise<unknown> };
  const before = runtime[TURN] ?? Promise.resolve();
  const turn = before.then(() => runWith(runtime, program, options));
  runtime[TURN] = turn.catch(() => undefined);
  return turn;
}

async function runWith(
  runtime: PulumiRuntime,
  program: () => Promise<unknown>,
  { project, stack, parallel, address, preview, config, secretKeys, onAbort }: ProgramOptions,
): Promise<string | undefined> {
  const rejections = captureRejections();
  const aborted = new Promise<void>((resolve) => onAbort(resolve));
  try {
    runtime.setAllConfig(config, secretKeys);
    runtime.resetOptions(project.name, stack, parallel, address, address, preview, ORGANIZATION);
    // After an abort the SDK may wait for answers that never come.
    await Promise.race([runtime.runInPulumiStack(program).then(() => runtime.disconnect(true)), aborted]);
  } catch (error) {
    rejections.errors.add(error);
  } finally {
    // Rejections are reported one turn after the promise has settled.
    await new Promise((resolve) => setTimeout(resolve, 20));
    rejections.restore();
    runtime.setAllConfig({});
  }
  const messages = [...rejections.errors].map((error) => (error instanceof Error ? error.message : String(error)));
  return messages.length > 0 ? [...new Set(messages)].join("\n") : undefined;
}
