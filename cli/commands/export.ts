import { resolve } from "node:path";
import { Command, Option } from "commander";
import { printable } from "../../domain/text/printable.ts";
import { DEFAULT_ENDPOINT } from "../../sdk/default-endpoint.ts";
import { type Connection, type ConnectionOptions, openConnection, withConnection } from "../connection/connection.ts";
import type { ExportPlan } from "../export/plan.ts";
import { KINDS, parseKinds } from "../options/kinds.ts";
import { Exit, FAILED } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { createOutput, type Output } from "../terminal/output.ts";
import { printSecret } from "../terminal/print-secret.ts";
import { withProgress } from "../terminal/progress.ts";

interface ExportFlags extends ConnectionOptions {
  readonly out: string;
  readonly as: "program" | "component";
  readonly singleFile?: true;
  readonly kinds?: string[];
  readonly secrets: boolean;
  readonly printSecret?: string;
  readonly force?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

const HELP = `
What is written: a Pulumi project in TypeScript, and import.json, with which Pulumi takes the objects into its state without
creating or changing any. Webhook URLs are never in the program: it takes them from the config of the stack, and the command
prints how to set them. import.json holds them in clear, readable by you alone, until you delete it after the import.

Examples:
  $ anomify export --out acme
  $ anomify export --as component --out acme-alerts
  $ anomify export --kinds Watcher,Exclusion --single-file --dry-run
  $ anomify export --print-secret checkoutMsTeamsWebhook | pulumi config set --secret checkoutMsTeamsWebhook`;

/** `anomify export`: the program of an organization that was made by hand. */
export function exportCommand(): Command {
  return withConnection(new Command("export"))
    .description("Write a Pulumi program for everything that the organization has, and a file to import it with.")
    .option("--out <directory>", "folder of the project; made when it is missing", "anomify")
    .addOption(
      new Option("--as <form>", "component: a class with arguments for what differs in other organizations")
        .choices(["program", "component"])
        .default("program"),
    )
    .option("--single-file", "all resources in index.ts (default: one file per kind)")
    .option("--kinds <list>", `kinds to export, separated by commas: ${KINDS} (default: all)`, parseKinds)
    .addOption(new Option("--language <name>", "language of the program").choices(["ts"]).default("ts"))
    .option("--no-secrets", "leave the values of secrets out of import.json; run pulumi refresh after the import")
    .option("--print-secret <key>", "print the value of one secret of the program, for a pipe, and write nothing")
    .option("--force", "replace files that are there (default: none is touched)")
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--json", "one JSON document on stdout")
    .addHelpText("after", HELP)
    .action((flags: ExportFlags) =>
      interruptible("Nothing was written.", (signal) => exportOrganization(flags, signal)),
    );
}

async function exportOrganization(flags: ExportFlags, signal: AbortSignal): Promise<void> {
  // Loaded here, so that the help of all commands stays quick.
  const { readInventory } = await import("../../provider/inventory.ts");
  const { judgeInventory } = await import("../export/judge.ts");
  const { planExport } = await import("../export/plan.ts");
  const connection = await openConnection(flags, signal);
  const { organization } = connection;
  const inventory = await withProgress("Reading the organization", async ({ step }) => {
    const read = await readInventory(organization);
    step(`Checking ${read.objects.length} objects`);
    return await judgeInventory(read, organization);
  });
  const plan = planExport(inventory, {
    as: flags.as,
    singleFile: flags.singleFile ?? false,
    secretValues: flags.secrets,
    ...(flags.kinds === undefined ? {} : { kinds: flags.kinds }),
  });
  const output = createOutput(flags.json ?? false);
  if (flags.printSecret !== undefined) {
    return await printSecret("program", plan.secrets, flags.printSecret, ({ value }) => value);
  }
  if (!inventory.live) output.note("Anomify answered from its cache: changes of the last hour may be missing.");
  await write(plan, flags, output, connection);
}

async function write(plan: ExportPlan, flags: ExportFlags, output: Output, connection: Connection): Promise<void> {
  const { conflicts, writeFiles } = await import("../export/write.ts");
  const directory = resolve(flags.out);
  const inTheWay = flags.force ? [] : await conflicts(directory, plan.files);
  if (inTheWay.length > 0 && !flags.dryRun) {
    output.note(`In ${directory} these are there already: ${inTheWay.join(", ")}.`);
    output.note("Nothing was written. Choose another folder with --out, or replace them with --force.");
    throw new Exit(FAILED);
  }
  if (!flags.dryRun) await writeFiles(directory, plan.files);
  for (const { text } of plan.notes) output.note(printable(text));
  report(plan, directory, inTheWay, flags, output, connection);
}

function report(
  plan: ExportPlan,
  directory: string,
  inTheWay: readonly string[],
  flags: ExportFlags,
  output: Output,
  { endpoint }: Connection,
): void {
  const commands = nextCommands(plan, flags, endpoint);
  output.data({
    directory,
    written: !flags.dryRun,
    project: plan.project,
    resources: plan.counts,
    conflicts: inTheWay,
    files: plan.files.map(({ path, mode }) => ({ path, mode: mode.toString(8).padStart(4, "0") })),
    // Never the values.
    secrets: plan.secrets.map(({ key, kind, resource, property }) => ({ key, kind, resource, property })),
    notes: plan.notes,
    commands,
  });
  output.print(`${flags.dryRun ? "Would write" : "Wrote"} to ${directory}:`);
  for (const { path } of plan.files) output.print(`  ${path}${inTheWay.includes(path) ? "   (is there already)" : ""}`);
  output.print();
  output.table(
    ["Kind", "Resources"],
    Object.entries(plan.counts).map(([kind, count]) => [kind, String(count)]),
  );
  output.print();
  output.print("Next, in that folder:");
  for (const command of commands) output.print(`  ${command}`);
}

/** Values of secrets go in by stdin: arguments can be seen by other users of the machine. */
function nextCommands(plan: ExportPlan, { secrets, ...flags }: ExportFlags, endpoint: string): string[] {
  const given = (["profile", "endpoint"] as const).flatMap((name) => (flags[name] ? [`--${name} ${flags[name]}`] : []));
  const anomify = ["anomify export", ...given, "--print-secret"].join(" ");
  return [
    "npm install",
    "pulumi stack init dev",
    ...(endpoint === DEFAULT_ENDPOINT ? [] : [`pulumi config set anomify:endpoint ${endpoint}`]),
    "pulumi config set --secret anomify:token   # asks for it",
    ...plan.secrets.map(({ key }) => `${anomify} ${key} | pulumi config set --secret ${key}`),
    "pulumi import --file import.json --generate-code=false --protect=false --yes",
    ...(secrets || plan.secrets.length === 0 ? [] : ["pulumi refresh --yes   # fetches the secrets, encrypted"]),
    "pulumi preview --expect-no-changes",
    "rm import.json",
  ];
}
