import { type Output, printable } from "../output.ts";
import { confirmed } from "../questions.ts";
import { importedOf, stackFlag, stateOf } from "./engine.ts";
import { type Journal, readJournal } from "./journal.ts";
import type { Pulumi } from "./pulumi.ts";
import { showUndone } from "./report.ts";
import { type Undone, undoAdoption } from "./undo.ts";

/** `anomify adopt --undo`. @throws Error when the state has objects of the adoption and nobody agrees to go on */
export async function takeBack(
  directory: string,
  pulumi: Pulumi | undefined,
  yes: boolean,
  output: Output,
): Promise<void> {
  const journal = await readJournal(directory);
  if (journal === undefined) {
    output.note(`No adoption is under way in ${directory}: there is nothing to take back.`);
    return output.data({ undone: [], kept: [], stateCommands: [] });
  }
  const commands = journal.stage === "written" ? [] : await stateCommands(journal, pulumi);
  if (commands.length > 0) {
    output.note("The import cannot be taken back from here. These commands take the objects out of the state again;");
    output.note("without them the next pulumi up deletes the objects in Anomify, or stops where they are protected:");
    for (const command of commands) output.note(`  ${printable(command)}`);
    if (!(await confirmed("Remove the files of the adoption?", yes))) return output.note("Nothing was changed.");
  }
  const undone = await undoAdoption(directory, journal);
  showUndone(undone, output);
  output.data({ ...undone, stateCommands: commands });
}

async function stateCommands(journal: Journal, pulumi: Pulumi | undefined): Promise<string[]> {
  const stack = stackFlag(journal.stack);
  if (pulumi === undefined) {
    return journal.resources.map(({ kind, name }) => `pulumi state delete --force <URN of ${kind} ${name}>`);
  }
  const imported = importedOf(journal, await stateOf(pulumi, journal.stack));
  return imported.map(({ urn }) => ["pulumi state delete --force --yes", ...stack, `'${urn}'`].join(" "));
}

/** After a failure, Ctrl-C or a change of mind. Resolves to undefined when the state has something, so that the files stay. */
export async function takeBackIfPossible(directory: string, output: Output): Promise<Undone | undefined> {
  const journal = await readJournal(directory);
  if (journal === undefined) return undefined;
  if (journal.stage !== "written") {
    output.note("The state may have objects of this adoption, so its files stay. Go on with: anomify adopt --import");
    output.note("or see what can be taken back with: anomify adopt --undo");
    return undefined;
  }
  const undone = await undoAdoption(directory, journal);
  showUndone(undone, output);
  return undone;
}
