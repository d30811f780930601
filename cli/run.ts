import { Command, CommanderError } from "commander";
import { requireNode } from "../provider/runtime/node-version.ts";
import { simulateCommand } from "./commands/simulate.ts";

/** Runs the command line; resolves to the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const program = new Command("anomify")
    .description("Tools around pulumi-anomify, the Pulumi provider for Anomify.")
    .exitOverride()
    .addCommand(simulateCommand());
  try {
    requireNode(process.versions.node, "anomify");
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
