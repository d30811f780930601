import { Command, InvalidArgumentError, Option } from "commander";
import { type ConnectionOptions, openConnection, withConnection } from "../connection/connection.ts";
import { CLASSES, type DriftReport, type FindingClass } from "../drift/report.ts";
import { type ProviderOptions, type StackOptions, withProvider, withStack } from "../stack/options.ts";
import { Exit } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { toJson } from "../terminal/json.ts";
import { withProgress } from "../terminal/progress.ts";

type Format = "table" | "json" | "markdown" | "junit";

interface DriftFlags extends ConnectionOptions, StackOptions, ProviderOptions {
  readonly withAdopted?: true;
  readonly failOn: FindingClass[];
  readonly format: Format;
}

const HELP = `
Secrets are compared when the export shows them (pulumi stack export --show-secrets), and never printed.

Examples:
  $ anomify drift --stack prod
  $ pulumi stack export | anomify drift --state - --format markdown
  $ anomify drift --state state.json --format junit --fail-on drift,gone > drift.xml`;

/** `anomify drift`: what differs between a stack's state and the organization. */
export function driftCommand(): Command {
  const command = withConnection(new Command("drift"));
  return withProvider(withStack(command, "the state to compare", "that of the selected stack"))
    .description("Compare the state of a Pulumi stack with the organization. Reads only.")
    .option("--with-adopted", "count settings, admin alerts and people as unmanaged too: they exist without a program")
    .option("--fail-on <list>", "classes that count, separated by commas", parseClasses, [
      ...CLASSES.filter((name) => name !== "operator"),
    ])
    .addOption(
      new Option("--format <name>", "form of the report")
        .choices(["table", "json", "markdown", "junit"])
        .default("table"),
    )
    .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
    .addOption(new Option("--markdown", "the same as --format markdown").implies({ format: "markdown" }))
    .addOption(new Option("--junit", "the same as --format junit").implies({ format: "junit" }))
    .addHelpText("after", HELP)
    .action((flags: DriftFlags) => interruptible("Nothing was changed.", (signal) => drift(flags, signal)));
}

function parseClasses(text: string): FindingClass[] {
  return text.split(",").map((given) => {
    const found = CLASSES.find((name) => name === given.trim().toLowerCase());
    if (found === undefined) throw new InvalidArgumentError(`has no class "${given}". Classes: ${CLASSES.join(", ")}.`);
    return found;
  });
}

async function drift(flags: DriftFlags, signal: AbortSignal): Promise<void> {
  const { stateOf } = await import("../stack/state.ts");
  const { findDrift } = await import("../drift/run.ts");
  const connection = await openConnection(flags, signal);
  const state = await stateOf(flags, signal);
  const report = await withProgress("Reading the organization", () =>
    findDrift(connection, state, {
      withAdopted: flags.withAdopted ?? false,
      failOn: flags.failOn,
      ...(flags.provider === undefined ? {} : { provider: flags.provider }),
    }),
  );
  process.stdout.write(`${await rendered(report, flags.format)}\n`);
  if (report.exitCode !== 0) throw new Exit(report.exitCode);
}

async function rendered(report: DriftReport, format: Format): Promise<string> {
  if (format === "json") return toJson(report);
  const { renderJunit, renderMarkdown, renderTable } = await import("../drift/render.ts");
  return { table: renderTable, markdown: renderMarkdown, junit: renderJunit }[format](report);
}
