import { join } from "node:path";
import { printable } from "../../domain/text/printable.ts";
import type { StateResource } from "../../provider/stack/read-state.ts";
import { importFileOf } from "../export/import-file.ts";
import type { PlannedResource } from "../export/model.ts";
import { writeWhole } from "../files/write.ts";
import { Exit, FAILED } from "../terminal/exit.ts";
import { toJson } from "../terminal/json.ts";
import { confirmed } from "../terminal/questions.ts";
import { fitOf, keyOf } from "./candidates.ts";
import { importedOf, partial } from "./engine.ts";
import { close, finish } from "./finish.ts";
import { FOLDER, IMPORT_FILE, type Journal, removeImportFile, writeJournal } from "./journal.ts";
import { commandsOf } from "./report.ts";
import type { Run, Survey } from "./run.ts";
import { undoIfPossible } from "./undo.ts";

/** An adoption that was finished by hand is closed; one that was not stands in the way of the next. */
export async function settle(
  { options, project, output }: Run,
  pending: Journal,
  state: readonly StateResource[],
): Promise<void> {
  const has = importedOf(pending, state).length;
  const done = has === pending.resources.length;
  if (done && !options.dryRun) {
    await close(project);
    output.note(`The adoption of ${pending.program.path} is complete: removed what ${FOLDER} kept about it.`);
  }
  if (done) return;
  output.note(`An adoption is under way: ${pending.program.path}. Nothing was written.`);
  output.note("Go on with: anomify adopt --import, or take it back with: anomify adopt --undo");
  if (pending.byHand) {
    output.note("By hand it goes on with:");
    for (const command of commandsOf(pending, project)) output.note(`  ${command}`);
  } else {
    // Nobody is going to use it any more: whoever wrote it was cut short.
    output.note(`It was cut short: the state has ${has} of ${pending.resources.length} objects.`);
    if (!options.dryRun && removeImportFile(project.directory)) {
      output.note(`Removed ${IMPORT_FILE}, which has secrets in clear; it is made again when the adoption goes on.`);
    }
  }
  throw new Exit(FAILED);
}

/** Goes on with an adoption whose files are written. */
export async function goOn(run: Run, from: Journal, { inventory, state }: Survey): Promise<void> {
  const { options, project, output } = run;
  const open = from.resources.length - importedOf(from, state).length;
  const what = `${open} of ${from.resources.length} object${from.resources.length === 1 ? "" : "s"}`;
  output.note(`Going on with the adoption of ${from.program.path}: ${what} left to be imported.`);
  if (!(await confirmed("Import them into the state now?", options.yes ?? false, run.signal)))
    return output.note("Nothing was changed.");
  // What is taken back, and what stays, says so itself.
  run.standing("");
  try {
    const pending = await renewed(run, from, { inventory, state });
    const { code, ...done } = await finish(run, pending, true);
    output.data({ chosen: pending.resources.map(keyOf), ...done });
    if (code !== 0) throw new Exit(FAILED);
  } catch (error) {
    await undoIfPossible(project.directory, output);
    throw error;
  }
}

/** Makes the import file again, of the objects as they are now, without what the state has. Returns the journal without what is gone. */
async function renewed({ project, output }: Run, from: Journal, { inventory, state }: Survey): Promise<Journal> {
  const live = new Map(inventory.objects.map((object) => [keyOf(object), object]));
  const has = importedOf(from, state);
  const gone = from.resources.filter((one) => !live.has(keyOf(one)) && !has.some((own) => keyOf(own) === keyOf(one)));
  for (const one of gone) {
    const said = `${keyOf(one)} is not in the organization any more and is not imported. Remove "${one.name}" from ${from.program.path}: else the next pulumi up creates it.`;
    output.note(printable(said));
  }
  const journal = { ...from, resources: from.resources.filter((one) => !gone.includes(one)) };
  const open = journal.resources
    .filter((one) => !has.some((own) => keyOf(own) === keyOf(one)))
    .flatMap((one) => resourceOf(one, journal, live.get(keyOf(one))));
  const refused = open.filter((one) => fitOf(one) === "cannot");
  for (const one of refused) {
    output.note(printable(`${keyOf(one)} cannot be imported: ${one.findings.map(({ text }) => text).join(" ")}`));
  }
  const file = importFileOf(
    open.filter((one) => !refused.includes(one)),
    true,
  );
  await writeJournal(project.directory, journal);
  if (open.length > 0 && open.length === refused.length) throw partial(has, journal);
  const text = `${toJson(file)}\n`;
  await writeWhole(join(project.directory, IMPORT_FILE), text, 0o600);
  return journal;
}

/** An object under the names that the program has for it. */
function resourceOf(
  { kind, name }: Journal["resources"][number],
  { secrets }: Journal,
  object: Survey["inventory"]["objects"][number] | undefined,
): PlannedResource[] {
  if (object === undefined) return [];
  const own = secrets.filter((secret) => secret.kind === kind && secret.resource === name);
  const set = (object.definition.secret ?? []).filter((key) => (object.stated[key] ?? null) !== null);
  // One that was set since has no key in the program, yet is a secret all the same.
  const keys = set.map((key) => [key, own.find(({ property }) => property === key)?.key ?? ""]);
  return [{ ...object, name, variable: "", secretKeys: Object.fromEntries(keys) }];
}
