import { Command, CommanderError } from "commander";
import { requireNode } from "../provider/hosts/core/node-version.ts";
import { version } from "../sdk/version.ts";
import { allCommands } from "./commands/index.ts";
import { addCompletion } from "./completion.ts";
import type { ConnectionOptions } from "./connection/connection.ts";
import { Exit, FAILED, USAGE } from "./terminal/exit.ts";

/** Runs the command line; resolves to the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  let options: ConnectionOptions = {};
  try {
    requireNode(process.versions.node, "anomify");
    const root = (await program(args)).hook("preAction", (_root, command) => {
      options = command.opts();
    });
    await root.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    return await report(error, options);
  }
}

async function program(args: readonly string[]): Promise<Command> {
  const root = new Command("anomify")
    .description("Tools around pulumi-anomify, the Pulumi provider for Anomify.")
    .version(version, "--version", "print the version of this package");
  for (const command of allCommands()) root.addCommand(command);
  await addCompletion(root, args);
  // A subcommand does not inherit it.
  for (const command of [root, ...root.commands]) command.exitOverride().showHelpAfterError("(--help shows more)");
  return root;
}

async function report(error: unknown, options: ConnectionOptions): Promise<number> {
  if (error instanceof Exit) return error.code;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  const { note } = await import("./terminal/output.ts");
  const { explainError } = await import("./connection/explain-error.ts");
  const explained = await explainError(error, options);
  note(explained ?? (error instanceof Error ? error.message : String(error)));
  return FAILED;
}
