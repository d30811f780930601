import type { Command } from "commander";
import { simulateCommand } from "./simulate.ts";

/** Every command, in the order of the help. */
export function allCommands(): Command[] {
  return [simulateCommand()];
}
