import { Command } from "commander";

const NAME = "completion";

/**
 * Adds `anomify completion <shell>`, and the hidden `anomify complete` that the printed script asks. The library behind both
 * is loaded only for them.
 */
export async function addCompletion(root: Command, args: readonly string[]): Promise<void> {
  if (args[0] === NAME || args[0] === "complete") {
    const { default: tab } = await import("@bomb.sh/tab/commander");
    tab(root, { completionCommandName: NAME });
  } else {
    root.addCommand(new Command(NAME).argument("<shell>"));
  }
  root.commands
    .find((command) => command.name() === NAME)
    ?.description("Print the script that completes anomify's commands and options: bash, zsh, fish or powershell.")
    .addHelpText(
      "after",
      "\nExample:\n  $ anomify completion bash > ~/.local/share/bash-completion/completions/anomify\n",
    );
}
