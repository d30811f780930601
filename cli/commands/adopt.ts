import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { AdoptOptions } from "../adopt/run.ts";
import { withConnection } from "../connection/connection.ts";
import { KINDS, parseKey, parseKinds } from "../options/kinds.ts";
import { withStack } from "../stack/options.ts";
import { interruptible, type Standing } from "../terminal/interrupt.ts";
import { createOutput } from "../terminal/output.ts";

interface AdoptFlags extends AdoptOptions {
  readonly undo?: true;
  readonly printSecret?: string;
  readonly json?: true;
}

const HELP = `
What is written: one new module with the chosen objects, in the folder of an existing Pulumi project in TypeScript, and one line at
the end of its entry file that loads it. The folder .anomify keeps how to take that back, and the import file with the secrets in
clear; it is yours alone and ignored by git. The import file is gone when the import ends, in whatever way; the folder when the
adoption is complete or taken back. Nothing in Anomify is changed.

Examples:
  $ anomify adopt                                     # shows, asks, writes, imports
  $ anomify adopt --dry-run                           # what is live, what is managed, what is not
  $ anomify adopt --all --import --verify --yes       # for a pipeline
  $ anomify adopt --select Watcher:501 --select Exclusion:31 --yes
  $ pulumi stack export | anomify adopt --state - --all --dry-run
  $ anomify adopt --undo

After 1 or 130 all is taken back, unless the state has something: then it is said
what is missing, and --import goes on with that. --undo --yes takes the objects out of the state, then the files away.`;

/** `anomify adopt`: brings live objects under an existing program, step by step. */
export function adoptCommand(): Command {
  return withStack(withConnection(new Command("adopt")), "the state to compare", "that of the selected stack")
    .description("Bring live objects that nothing manages under an existing Pulumi project, step by step.")
    .option("--cwd <directory>", "folder of the project, with its Pulumi.yaml", ".")
    .option("--kinds <list>", `kinds to offer, separated by commas: ${KINDS} (default: all)`, parseKinds)
    .option("--all", "adopt all of these that need no change")
    .option("--select <kind:id>", "adopt this object; can be repeated", parseKey)
    .option("--out <file>", "path of the new module in the project (default: anomify/adopted.ts, numbered if taken)")
    .option("--no-edit", "do not append the line to the entry file; it is shown instead")
    .option(
      "--import",
      "run pulumi import, after the secrets are set in the config; goes on with what was written before",
    )
    .option("--verify", "after the import, run pulumi preview --expect-no-changes")
    .addOption(
      new Option("--protect", "have Pulumi refuse to delete the objects, in the state and in the program").default(
        true,
      ),
    )
    .option("--no-protect", "do not")
    .option("--yes", "ask nothing")
    .option("--dry-run", "show what would be written, and write nothing")
    .option(
      "--undo",
      "take back the adoption that is under way: its objects out of the state, what was written out of the project",
    )
    .option("--print-secret <key>", "print a secret of the adoption that is under way, for a pipe")
    .option("--json", "one JSON document on stdout")
    .addHelpText("after", HELP)
    .action((flags: AdoptFlags) =>
      interruptible("Nothing was written.", (signal, standing) => run(flags, signal, standing)),
    );
}

async function run(flags: AdoptFlags, signal: AbortSignal, standing: Standing): Promise<void> {
  const directory = resolve(flags.cwd);
  const output = createOutput(flags.json ?? false);
  // Loaded here, so that the help of all commands stays quick.
  if (flags.printSecret !== undefined) {
    const { printAdoptionSecret } = await import("../adopt/print-secret.ts");
    return await printAdoptionSecret(directory, flags.printSecret);
  }
  if (flags.undo) {
    standing("Nothing was taken back.");
    const { undo } = await import("../adopt/undo.ts");
    const { findPulumi } = await import("../stack/pulumi.ts");
    return await undo(directory, findPulumi(directory, signal), {
      yes: flags.yes ?? false,
      output,
      signal,
      standing,
    });
  }
  const { adopt } = await import("../adopt/flow.ts");
  await adopt(flags, directory, output, { signal, standing });
}
