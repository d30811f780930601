import { printable } from "../../domain/text/printable.ts";
import type { StateResource } from "../../provider/stack/read-state.ts";
import type { Pulumi } from "../stack/pulumi.ts";
import { stackFlag } from "../stack/pulumi.ts";
import type { Standing } from "../terminal/interrupt.ts";
import type { Output } from "../terminal/output.ts";
import { canAsk, confirmed } from "../terminal/questions.ts";
import { keyOf } from "./candidates.ts";
import { importedOf, managedNow } from "./engine.ts";
import { type Journal, readJournal } from "./journal.ts";
import { showUndone } from "./report.ts";
import { whatToUndo } from "./select.ts";
import { type Undone, undoFiles } from "./undo-files.ts";

/** How `--undo` is to go on. */
export interface UndoOptions {
  /** Whether nobody is asked. */
  readonly yes: boolean;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly standing: Standing;
}

/**
 * `anomify adopt --undo`: takes the objects out of the state, then removes the files, in this order, so that no `pulumi up` in
 * between finds objects in the state that no program declares.
 *
 * @throws Error when the state has objects of the adoption and nobody can be asked, or Pulumi does not let go of them
 */
export async function undo(
  directory: string,
  pulumi: Pulumi | undefined,
  { yes, output, signal, standing }: UndoOptions,
): Promise<void> {
  const journal = await readJournal(directory);
  if (journal === undefined) {
    output.note(`No adoption is under way in ${directory}: there is nothing to take back.`);
    return output.data({ undone: [], kept: [], takenOut: [], stateCommands: [] });
  }
  const imported = await importedSoFar(journal, pulumi);
  const commands = stateCommands(journal, imported);
  const what = commands.length === 0 ? "files" : await asked(imported?.length, commands, { yes, output, signal });
  if (what === "nothing") return output.note("Nothing was changed.");
  standing("Not everything was taken back. Run the same command again to go on.");
  const takenOut = what === "all" && pulumi !== undefined ? await takeOut(journal, imported ?? [], pulumi) : [];
  if (takenOut.length > 0) output.note(`Taken out of the state: ${takenOut.length} objects. They stay in Anomify.`);
  const undone = await undoFiles(directory, journal);
  showUndone(undone, output);
  output.data({ ...undone, takenOut, stateCommands: what === "all" ? [] : commands });
}

/** What the state has of the adoption; undefined when that cannot be known and may be something. */
async function importedSoFar(journal: Journal, pulumi: Pulumi | undefined): Promise<StateResource[] | undefined> {
  if (journal.stage === "written" && (!journal.byHand || pulumi === undefined)) return [];
  if (pulumi === undefined) return undefined;
  return importedOf(journal, await managedNow(pulumi, journal.stack));
}

function stateCommands(journal: Journal, imported: readonly StateResource[] | undefined): string[] {
  const stack = stackFlag(journal.stack);
  if (imported === undefined) {
    return journal.resources.map(({ kind, name }) => `pulumi state delete --force <URN of ${kind} ${name}>`);
  }
  return imported.map(({ urn }) => ["pulumi state delete --force --yes", ...stack, `'${urn}'`].join(" "));
}

/** @param known how many objects the state has; undefined when there is no pulumi to take them out */
async function asked(
  known: number | undefined,
  commands: readonly string[],
  { yes, output, signal }: Pick<UndoOptions, "yes" | "output" | "signal">,
): Promise<"all" | "files" | "nothing"> {
  if (known !== undefined && (yes || canAsk())) return yes ? "all" : await whatToUndo(known, signal);
  output.note("These commands take the objects out of the state again; without them the next pulumi up deletes the");
  output.note("objects in Anomify, or stops where they are protected:");
  for (const command of commands) output.note(`  ${printable(command)}`);
  return (await confirmed("Remove the files of the adoption?", yes, signal)) ? "files" : "nothing";
}

/** All at once; Pulumi refuses when something else depends on one of them. */
async function takeOut(journal: Journal, imported: readonly StateResource[], pulumi: Pulumi): Promise<string[]> {
  const args = ["state", "delete", "--force", "--yes", ...stackFlag(journal.stack), ...imported.map(({ urn }) => urn)];
  const code = await pulumi.run(args);
  const left = importedOf(journal, await managedNow(pulumi, journal.stack));
  if (left.length > 0) {
    throw new Error(
      `pulumi state delete ended with exit code ${code}, and the state still has ${left.length} objects of the adoption; what it said is above. The files stay.`,
    );
  }
  return imported.map(keyOf);
}

/** After a failure, Ctrl-C or a change of mind. Resolves to undefined when the state has something, so that the files stay. */
export async function undoIfPossible(directory: string, output: Output): Promise<Undone | undefined> {
  const journal = await readJournal(directory);
  if (journal === undefined) return undefined;
  if (journal.stage !== "written") {
    output.note("The state may have objects of this adoption, so its files stay. Go on with: anomify adopt --import");
    output.note("or take it back with: anomify adopt --undo");
    return undefined;
  }
  const undone = await undoFiles(directory, journal);
  showUndone(undone, output);
  return undone;
}
