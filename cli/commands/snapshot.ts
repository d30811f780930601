import { resolve } from "node:path";
import { Command } from "commander";
import { type ConnectionOptions, openConnection, withConnection } from "../connection/connection.ts";
import { writeWhole } from "../files/write.ts";
import type { Snapshot } from "../snapshot/format.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { toJson } from "../terminal/json.ts";
import { createOutput } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";

interface SnapshotFlags extends ConnectionOptions {
  readonly out?: string;
  readonly withSecrets?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

const HELP = `
What is in it: watchers (of deleted ones id and name), exclusions, admin alerts, settings, and how people are reached.
The file is readable by you alone: it holds phone numbers and e-mail addresses, and with --with-secrets webhook URLs.
Take it back with: anomify restore <file>. Compare two with: anomify diff <a> <b>.

Examples:
  $ anomify snapshot --out before-the-change.json
  $ anomify snapshot --profile eu --with-secrets --out eu.json`;

/** `anomify snapshot`: all of an organization in a file. */
export function snapshotCommand(): Command {
  return withConnection(new Command("snapshot"))
    .description("Write the whole configuration of the organization to a file, from which restore brings it back.")
    .option("--out <file>", "file to write, replaced when it is there (default: anomify-<id>-<time>.json)")
    .option("--with-secrets", "include webhook URLs (default: only that there is one)")
    .option("--dry-run", "read and count, and write nothing")
    .option("--json", "one JSON document on stdout: where the file is, and what is in it")
    .addHelpText("after", HELP)
    .action((flags: SnapshotFlags) => interruptible("Nothing was written.", (signal) => snapshot(flags, signal)));
}

async function snapshot(flags: SnapshotFlags, signal: AbortSignal): Promise<void> {
  const { takeSnapshot } = await import("../snapshot/take.ts");
  const { organization } = await openConnection(flags, signal);
  const output = createOutput(flags.json ?? false);
  const taken = await withProgress("Reading the organization", () =>
    takeSnapshot(organization, { withSecrets: flags.withSecrets ?? false }),
  );
  const file = resolve(flags.out ?? defaultName(taken));
  // Also without secrets: it has phone numbers in it.
  if (!flags.dryRun) await writeWhole(file, `${toJson(taken)}\n`, 0o600);
  const counts: Record<string, number> = {};
  for (const { kind } of taken.objects) counts[kind] = (counts[kind] ?? 0) + 1;
  const withheld = taken.objects.reduce((sum, object) => sum + object.withheld.length, 0);
  const { organization: of, takenAt, live, secrets, deletedWatchers } = taken;
  output.data({
    file,
    written: !flags.dryRun,
    organization: of,
    takenAt,
    live,
    secrets,
    withheld,
    objects: counts,
    deletedWatchers: deletedWatchers.length,
  });
  if (!live) output.note(`Anomify answered from its cache: this is how it was at ${time(takenAt)}.`);
  if (withheld > 0) {
    output.note(`Left out: ${withheld} webhook ${withheld === 1 ? "URL" : "URLs"}; --with-secrets includes them.`);
  }
  output.print(`${flags.dryRun ? "Would write" : "Wrote"} ${file}:`);
  output.table(
    ["Kind", "Objects"],
    [...Object.entries(counts), ["deleted watchers", deletedWatchers.length]].map(([kind, n]) => [`${kind}`, `${n}`]),
  );
}

function defaultName({ organization, takenAt }: Snapshot): string {
  return `anomify-${organization.id}-${time(takenAt).replace(/[:]/g, "")}.json`;
}

const time = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
