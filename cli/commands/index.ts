import type { Command } from "commander";
import { adoptCommand } from "./adopt.ts";
import { diffCommand } from "./diff.ts";
import { doctorCommand } from "./doctor.ts";
import { driftCommand } from "./drift.ts";
import { exitCodesHelp } from "./exit-codes.ts";
import { exportCommand } from "./export.ts";
import { healthCommand } from "./health.ts";
import { loginCommand } from "./login.ts";
import { logoutCommand } from "./logout.ts";
import { replayCommand } from "./replay.ts";
import { reportCommand } from "./report.ts";
import { restoreCommand } from "./restore.ts";
import { simulateCommand } from "./simulate.ts";
import { snapshotCommand } from "./snapshot.ts";
import { whoamiCommand } from "./whoami.ts";

/** Every command, in the order of the help; each help ends with the exit codes. */
export function allCommands(): Command[] {
  const commands = [
    exportCommand(),
    adoptCommand(),
    simulateCommand(),
    loginCommand(),
    logoutCommand(),
    whoamiCommand(),
    doctorCommand(),
    driftCommand(),
    healthCommand(),
    replayCommand(),
    reportCommand(),
    diffCommand(),
    snapshotCommand(),
    restoreCommand(),
  ];
  for (const command of commands) command.addHelpText("after", `\n${exitCodesHelp(command.name())}`);
  return commands;
}
