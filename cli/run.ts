import { Command, CommanderError } from "commander";
import { simulateCommand } from "./commands/simulate.ts";

const OLDEST_NODE = 22;

/** Runs the command line; resolves to the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    process.stderr.write(
      `anomify needs Node.js ${OLDEST_NODE} or newer, and this is ${process.versions.node}. Install a current one, for example with: nvm install ${OLDEST_NODE}\n`,
    );
    return 1;
  }
  const program = new Command("anomify")
    .description("Tools around pulumi-anomify, the Pulumi provider for Anomify.")
    .exitOverride()
    .addCommand(simulateCommand());
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
