import type { Command } from "commander";

/** Which stack a command looks at. */
export interface StackOptions {
  /** File with its state, or `-`. */
  readonly state?: string;
  /** Name of a stack that Pulumi exports. */
  readonly stack?: string;
}

/** Which of the resources in a state are of the connected organization. */
export interface ProviderOptions {
  readonly provider?: string;
}

/** Adds `--state` and `--stack`. @param use what the command does with the state @param otherwise what comes of leaving both out */
export function withStack(command: Command, use: string, otherwise: string): Command {
  return command
    .option("--state <file>", `${use}: what pulumi stack export wrote; - for stdin (default: ${otherwise})`)
    .option("--stack <name>", "the same, of a stack that pulumi exports in this folder");
}

/** Adds `--provider`. */
export function withProvider(command: Command): Command {
  return command.option(
    "--provider <name>",
    "provider of the program that is of this organization, when the state does not say so",
  );
}
