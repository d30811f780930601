import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { Pulumi } from "../stack/pulumi.ts";
import type { Output } from "../terminal/output.ts";
import { canAsk, confirmed } from "../terminal/questions.ts";
import { importObjects, setSecrets, verified } from "./engine.ts";
import { FOLDER, type Journal, removeJournal, writeJournal } from "./journal.ts";
import type { Project } from "./project.ts";
import { commandsOf } from "./report.ts";

/** How far an adoption got. */
export interface Outcome {
  readonly written: true;
  /** Whether the program loads its new part. */
  readonly edited: boolean;
  readonly imported: boolean;
  readonly verified: boolean;
  /** What is left to be done by hand. */
  readonly commands: readonly string[];
  /** Exit code of a preview that found changes; 0 for all else. */
  readonly code: number;
}

interface Run {
  readonly options: { readonly verify?: true; readonly yes?: true };
  readonly project: Project;
  readonly pulumi: Pulumi | undefined;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Takes written files into the state, or shows how that is done by hand. @throws Error when the import fails */
export async function finish(run: Run, journal: Journal, now: boolean): Promise<Outcome> {
  const { project, pulumi, output } = run;
  const edited = journal.edit !== undefined;
  const outcome: Outcome = { written: true, edited, imported: false, verified: false, commands: [], code: 0 };
  output.print(`Wrote ${journal.program.path} in ${project.directory}.`);
  output.print(
    edited ? `Appended to ${journal.edit?.path}: ${journal.line}` : `Add to the start of the program: ${journal.line}`,
  );
  if (!now || pulumi === undefined) return await byHand(run, journal, outcome);
  const running = { directory: project.directory, pulumi, stackFile: project.stackFile };
  const imported = await importObjects(running, await setSecrets(running, journal));
  output.print(`Imported ${journal.resources.length} objects into the state.`);
  return await check(run, imported, { ...outcome, imported: true });
}

async function byHand({ project, output }: Run, journal: Journal, outcome: Outcome): Promise<Outcome> {
  await writeJournal(project.directory, { ...journal, byHand: true });
  const commands = commandsOf(journal, project);
  output.print("Next, in that folder:");
  for (const command of commands) output.print(`  ${command}`);
  output.print("or instead: anomify adopt --import. To take everything back: anomify adopt --undo");
  return { ...outcome, commands };
}

/** Nothing is left to be taken back when the preview has no changes, or nobody wants one. */
async function check(run: Run, journal: Journal, outcome: Outcome): Promise<Outcome> {
  const { options, project, pulumi, output, signal } = run;
  signal.throwIfAborted();
  const wanted = pulumi !== undefined && outcome.edited && (await wantsPreview(options, signal));
  if (!wanted || pulumi === undefined) {
    await close(project);
    return { ...outcome, commands: ["pulumi preview --expect-no-changes"] };
  }
  const code = await verified(pulumi, journal);
  signal.throwIfAborted();
  if (code === 0) {
    await close(project);
    output.print("The preview has no changes: the program is what is live.");
    return { ...outcome, verified: true };
  }
  output.note(
    `pulumi preview failed with exit code ${code}, or it has changes; see above. The objects are in the state.`,
  );
  output.note(`Mend the program and delete the folder ${FOLDER}, or see what can be taken back: anomify adopt --undo`);
  return { ...outcome, code };
}

async function wantsPreview({ verify, yes }: Run["options"], signal: AbortSignal): Promise<boolean> {
  if (verify || yes || !canAsk()) return verify ?? false;
  return await confirmed("Preview now, which has to show no changes?", false, signal);
}

/** Removes all that an adoption keeps about itself. */
export async function close({ directory }: Pick<Project, "directory">): Promise<void> {
  await removeJournal(directory);
  // Others may keep something there.
  await rmdir(join(directory, FOLDER)).catch(() => undefined);
}
