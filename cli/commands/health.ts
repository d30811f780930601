import { Command, Option } from "commander";
import { printable } from "../../domain/text/printable.ts";
import { type ConnectionOptions, openConnection, withConnection } from "../connection/connection.ts";
import type { HealthReport } from "../health/run.ts";
import { type ProviderOptions, type StackOptions, withProvider, withStack } from "../stack/options.ts";
import { Exit } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { createOutput } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";

interface HealthFlags extends ConnectionOptions, StackOptions, ProviderOptions {
  readonly severity: "error" | "warning";
  readonly json?: true;
}

const HELP = `
Looks for recipients who left or cannot be reached, channels that are gone, watchers that notify nobody or match
nothing, and an admin alert that nobody sees.

Examples:
  $ anomify health
  $ anomify health --severity error --json
  $ pulumi stack export | anomify health --state -`;

/** `anomify health`: what keeps alerts from those who need them. */
export function healthCommand(): Command {
  const command = withConnection(new Command("health"));
  return withProvider(withStack(command, "look at what a stack declares", "none"))
    .description("Find what keeps alerts from those who need them. Reads only.")
    .addOption(
      new Option("--severity <level>", "least severity that is shown and counts")
        .choices(["error", "warning"])
        .default("warning"),
    )
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .action((flags: HealthFlags) => interruptible("Nothing was changed.", (signal) => health(flags, signal)));
}

async function health(flags: HealthFlags, signal: AbortSignal): Promise<void> {
  const { findHealth } = await import("../health/run.ts");
  const connection = await openConnection(flags, signal);
  const { givenState } = await import("../stack/state.ts");
  const state = await givenState(flags, signal);
  const report = await withProgress("Reading the organization", () =>
    findHealth(connection, {
      severity: flags.severity,
      ...(state === undefined ? {} : { state }),
      ...(flags.provider === undefined ? {} : { provider: flags.provider }),
    }),
  );
  print(report, flags.json === true);
  if (report.exitCode !== 0) throw new Exit(report.exitCode);
}

function print(report: HealthReport, json: boolean): void {
  const { organization, problems, checked, notes } = report;
  const output = createOutput(json);
  output.data(report);
  for (const note of notes) output.note(printable(note));
  const rows = problems.map(({ severity, resource, property, text }) => [severity, resource, property, text]);
  if (rows.length > 0) output.table(["Severity", "Resource", "Property", "Problem"], rows);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  output.print(`${printable(organization.name)} (${organization.id}), ${checked} objects: ${count}.`);
}
