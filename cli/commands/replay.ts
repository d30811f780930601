import { Command, InvalidArgumentError } from "commander";
import type { Span } from "../../routing/index.ts";
import { type ConnectionOptions, openConnection, withConnection } from "../connection/connection.ts";
import { readGiven } from "../files/read.ts";
import type { ReplayChange } from "../replay/run.ts";
import { type ProviderOptions, type StackOptions, withProvider, withStack } from "../stack/options.ts";
import { Exit, USAGE } from "../terminal/exit.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { createOutput } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";

interface ReplayFlags extends ConnectionOptions, StackOptions, ProviderOptions {
  readonly since: string;
  readonly until?: string;
  readonly plan?: string;
  readonly watcher?: string;
  readonly maxMessages?: number;
  readonly all?: true;
  readonly json?: true;
}

const HELP = `
"Before" is the organization as it is. "After" is the same with what a preview plans (--plan), or with what a stack
declares (--state, --stack) in its place. Without any of these only the organization is shown.
A time is a duration (7d, 36h) or a date (2026-11-01, 2026-11-01T08:00Z).

Examples:
  $ anomify replay --since 30d
  $ pulumi preview --json | anomify replay --plan -
  $ anomify replay --stack prod --watcher "Checkout latency" --json`;

/** `anomify replay`: who would have been notified how often, before and after a change. */
export function replayCommand(): Command {
  const command = withConnection(new Command("replay"));
  return withProvider(withStack(command, "the change", "none"))
    .description("Show which alerts stored anomalies would have caused, before and after a change. Reads only.")
    .option("--since <time>", "start: a duration before the end, or a date", "7d")
    .option("--until <time>", "end: a duration before now, or a date (default: now)")
    .option("--plan <file>", "the change: what pulumi preview --json wrote; - for stdin")
    .option("--watcher <name>", "report this watcher alone")
    .option("--max-messages <number>", "most messages that anybody may get in one way", parseCount)
    .option("--all", "also report watchers with as many alerts as before")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .action((flags: ReplayFlags, command: Command) =>
      interruptible("Nothing was changed.", async (signal) => {
        const { spanOf } = await import("../replay/span.ts");
        const span = spanOf(flags, Math.floor(Date.now() / 1000));
        if ("problem" in span) command.error(`error: option '${span.option}' ${span.problem}`, { exitCode: USAGE });
        if (flags.plan !== undefined && (flags.state !== undefined || flags.stack !== undefined)) {
          command.error("error: give one change: --plan, or --state or --stack", { exitCode: USAGE });
        }
        await run(flags, span, signal);
      }),
    );
}

function parseCount(given: string): number {
  if (!/^\d{1,9}$/.test(given)) throw new InvalidArgumentError("must be a whole number.");
  return Number(given);
}

async function run(flags: ReplayFlags, span: Span, signal: AbortSignal): Promise<void> {
  const { findReplay } = await import("../replay/run.ts");
  const { printReplay } = await import("../replay/print.ts");
  const { provider, watcher, maxMessages, all = false, json = false } = flags;
  const connection = await openConnection(flags, signal);
  const change = await readChange(flags, signal);
  const report = await withProgress("Reading the organization", (progress) =>
    findReplay(connection, {
      span,
      progress,
      ...(change === undefined ? {} : { change }),
      ...(provider === undefined ? {} : { provider }),
      ...(watcher === undefined ? {} : { watcher }),
      ...(maxMessages === undefined ? {} : { maxMessages }),
    }),
  );
  const output = createOutput(json);
  output.data(report);
  for (const note of report.notes) output.note(note);
  printReplay(report, output, all);
  if (report.exitCode !== 0) throw new Exit(report.exitCode);
}

async function readChange(flags: ReplayFlags, signal: AbortSignal): Promise<ReplayChange | undefined> {
  const { plan } = flags;
  if (plan !== undefined) {
    const { parsePlan, WRITE_PLAN } = await import("../replay/plan.ts");
    const { text, source } = await readGiven(plan, WRITE_PLAN, signal);
    return { from: "preview", ...parsePlan(text, source) };
  }
  const { givenState } = await import("../stack/state.ts");
  const after = await givenState(flags, signal);
  return after && { from: "state", after, removed: { resources: [], deleting: [], providers: [], pending: 0 } };
}
