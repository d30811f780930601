import type { Command } from "commander";
import { exportCommand } from "./export.ts";
import { simulateCommand } from "./simulate.ts";

/** Every command, in the order of the help. */
export function allCommands(): Command[] {
  return [exportCommand(), simulateCommand()];
}
