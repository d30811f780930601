import { Command, CommanderError } from "commander";
import { requireNode } from "../provider/runtime/node-version.ts";
import { allCommands } from "./commands/index.ts";
import { Exit, FAILED, USAGE } from "./exit.ts";

/** Runs the command line; resolves to the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    requireNode(process.versions.node, "anomify");
    await program().parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    return tell(error);
  }
}

function program(): Command {
  const root = new Command("anomify").description("Tools around pulumi-anomify, the Pulumi provider for Anomify.");
  for (const command of allCommands()) root.addCommand(command);
  // A subcommand does not inherit it.
  for (const command of [root, ...root.commands]) command.exitOverride().showHelpAfterError("(--help tells more)");
  return root;
}

function tell(error: unknown): number {
  if (error instanceof Exit) return error.code;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return FAILED;
}
