import { resolve } from "node:path";
import { Command } from "commander";
import type { Span } from "../../routing/index.ts";
import { type ConnectionOptions, openConnection, withConnection } from "../connection/connection.ts";
import { type ProviderOptions, type StackOptions, withProvider, withStack } from "../stack/options.ts";
import { USAGE } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { createOutput } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";

interface ReportFlags extends ConnectionOptions, StackOptions, ProviderOptions {
  readonly out?: string;
  readonly since: string;
  readonly force?: true;
  readonly json?: true;
}

const HELP = `
The page needs nothing else: no network, no script. It shows problems first, then watchers and what they match, which
metrics are watched, who would have got how many messages, and exclusions with their age. No credential and no webhook
URL is in it; e-mail addresses and metric names are, and you alone can read the file.

Examples:
  $ anomify report
  $ anomify report --profile eu --since 7d --out eu.html --force
  $ anomify report --json | jq '.recipients[] | {to, messages}'`;

/** `anomify report`: an organization as one page. */
export function reportCommand(): Command {
  const command = withConnection(new Command("report"));
  return withProvider(withStack(command, "until when exclusions are meant to be", "none"))
    .description("Write one HTML page about the organization: problems, watchers, coverage, recipients, exclusions.")
    .option("--out <file>", "file to write (default: report.html; with --json: none)")
    .option("--since <time>", "start of the replay: a duration before now, or a date", "30d")
    .option("--force", "replace the file when it is there")
    .option("--json", "print all of it as one JSON document")
    .addHelpText("after", HELP)
    .action((flags: ReportFlags, command: Command) =>
      interruptible("Nothing was written.", async (signal) => {
        const { spanOf } = await import("../replay/span.ts");
        const checked = spanOf(flags, Math.floor(Date.now() / 1000));
        if ("problem" in checked)
          command.error(`error: option '${checked.option}' ${checked.problem}`, { exitCode: USAGE });
        await report(flags, signal, (now) => {
          const span = spanOf(flags, now);
          return "problem" in span ? checked : span;
        });
      }),
    );
}

async function report(flags: ReportFlags, signal: AbortSignal, spanAt: (now: number) => Span): Promise<void> {
  const { gather } = await import("../report/gather.ts");
  const { reportOf } = await import("../report/build.ts");
  const { count } = await import("../report/text.ts");
  const { writePage } = await import("../report/write.ts");
  const json = flags.json ?? false;
  const file = flags.out !== undefined || !json ? resolve(flags.out ?? "report.html") : undefined;
  const page = file === undefined ? undefined : await writePage(file, flags.force ?? false);
  const connection = await openConnection(flags, signal);
  const { givenState } = await import("../stack/state.ts");
  const state = await givenState(flags, signal);
  const { provider } = flags;
  const stack = state && { state, ...(provider === undefined ? {} : { provider }) };
  const made = await withProgress("Reading the organization", async (progress) =>
    reportOf(await gather(connection, { spanAt, progress, ...(stack && { stack }) })),
  );
  const size = await page?.(made);
  const output = createOutput(json);
  output.data(made);
  for (const note of made.notes) output.note(note);
  const { organization, problems, watchers } = made;
  output.print(
    `${organization.name} (${organization.id}): ${count(problems.length, "problem")}, ${count(watchers.length, "watcher")}.`,
  );
  if (size === undefined) return;
  const written = `Wrote ${file} (${Math.ceil(size / 1024)} KiB).`;
  if (json) output.note(written);
  else output.print(written);
}
