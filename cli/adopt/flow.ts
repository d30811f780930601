import { printable } from "../../domain/text/printable.ts";
import { isDefaultProvider } from "../../provider/stack/read-state.ts";
import { findPulumi } from "../stack/pulumi.ts";
import { Exit, FAILED } from "../terminal/exit.ts";
import type { Output } from "../terminal/output.ts";
import { canAsk, confirmed } from "../terminal/questions.ts";
import { type Candidates, candidatesOf } from "./candidates.ts";
import { compilerMessages } from "./compiler-messages.ts";
import { finish, type Outcome } from "./finish.ts";
import { readJournal } from "./journal.ts";
import { type AdoptionPlan, planAdoption } from "./plan.ts";
import { adoptedPath, findProject, importLine } from "./project.ts";
import { candidatesData, commandsOf, planData, showCandidates } from "./report.ts";
import { refusalOf, requirements } from "./requirements.ts";
import { goOn, settle } from "./resume.ts";
import { type AdoptOptions, type Run, survey } from "./run.ts";
import { nextStep, type Selection, selectedByFlags, selectedByHand } from "./select.ts";
import { undoIfPossible } from "./undo.ts";
import { inTheWay, writeAdoption } from "./write.ts";

/** The whole of `anomify adopt`, from the survey to the preview. */
export async function adopt(
  options: AdoptOptions,
  directory: string,
  output: Output,
  { signal, standing }: Pick<Run, "signal" | "standing">,
): Promise<void> {
  const project = await findProject(directory);
  const run: Run = { options, project, pulumi: findPulumi(directory, signal), output, signal, standing };
  const pending = await readJournal(directory);
  requirements(run, pending !== undefined);
  const { inventory, state } = await survey(run);
  if (pending !== undefined && options.import && !options.dryRun) return await goOn(run, pending, { inventory, state });
  if (pending !== undefined) await settle(run, pending, state);
  const found = candidatesOf(inventory, state, project.configKeys);
  showCandidates(found, output);
  if (found.elsewhere.some(isDefaultProvider)) {
    throw new Error(
      "Nothing was written: this stack manages another organization. Check --profile and the project, and the config key anomify:token of the stack.",
    );
  }
  const chosen = await choose(found, options, signal);
  for (const line of chosen?.skipped ?? []) output.note(line);
  if (chosen === undefined || chosen.chosen.length === 0) {
    if (found.candidates.length > 0) output.note("Nothing was chosen, and nothing was written.");
    return output.data({ ...candidatesData(found), chosen: [], written: false, imported: false, verified: false });
  }
  const path = adoptedPath(project, options.out);
  const plan = planAdoption(inventory.organization, chosen.chosen, path, options.protect);
  await carryOut(run, found, plan);
}

async function choose(found: Candidates, options: AdoptOptions, signal: AbortSignal): Promise<Selection | undefined> {
  const byFlags = selectedByFlags(found, options);
  if (byFlags !== undefined || options.dryRun) return byFlags;
  return await selectedByHand(found, options.kinds, signal);
}

async function carryOut(run: Run, found: Candidates, plan: AdoptionPlan): Promise<void> {
  const { options, project, output } = run;
  const conflicts = await inTheWay(project, plan);
  const refusals = [...refusalOf(run), ...compilerMessages(project, plan, options.edit && project.editable)];
  const data = { ...candidatesData(found), ...planData(plan, project), conflicts, refusals };
  if (options.dryRun) return output.data({ ...data, ...NOTHING, commands: showPlan(run, plan, conflicts, refusals) });
  if (refusals.length > 0) throw new Error(`Nothing was written. ${refusals.join("\n")}`);
  if (conflicts.length > 0) {
    const paths = conflicts.join(", ");
    throw new Error(`Nothing was written. These are there already: ${paths}. Choose another file with --out.`);
  }
  const { code, ...done } = (await written(run, plan)) ?? { ...NOTHING, commands: [], code: 0 };
  output.data({ ...data, ...done });
  if (code !== 0) throw new Exit(FAILED);
}

const NOTHING = { written: false, edited: false, imported: false, verified: false };

/** Shows what would be written; returns the commands that come then. */
function showPlan(
  { options, project, output }: Run,
  plan: AdoptionPlan,
  conflicts: readonly string[],
  refusals: readonly string[],
): string[] {
  const { protect, edit, stack } = options;
  const commands = commandsOf(
    { stage: "written", configured: [], secrets: plan.secrets, protect, ...(stack === undefined ? {} : { stack }) },
    project,
  );
  output.print(`Would write to ${project.directory}: ${plan.program.path}`);
  const where = edit && project.editable ? `Would append to ${project.entry}` : "To be added to the program";
  output.print(`${where}: ${importLine(project, plan.program.path)}`);
  for (const path of conflicts) output.print(`Is there already: ${path}`);
  for (const text of refusals) output.print(`Stands in the way: ${text}`);
  output.print("Then, in that folder:");
  for (const command of commands) output.print(`  ${command}`);
  return commands;
}

/** Undefined when everything was taken back, or nothing was written, as its user wanted. */
async function written(run: Run, plan: AdoptionPlan): Promise<Outcome | undefined> {
  const { options, project, output } = run;
  const line = importLine(project, plan.program.path);
  const edit = options.edit && project.editable;
  const count = plan.resources.length;
  const what = `${plan.program.path} with ${count} object${count === 1 ? "" : "s"}`;
  const ask = edit ? `Write ${what}, and append to ${project.entry}: ${line}` : `Write ${what}`;
  if (!(await confirmed(printable(`${ask}?`), options.yes ?? false, run.signal))) {
    output.note("Nothing was written.");
    return undefined;
  }
  // What is taken back, and what stays, says so itself.
  run.standing("");
  try {
    run.signal.throwIfAborted();
    const journal = await writeAdoption(project, plan, { protect: options.protect, edit, stack: options.stack });
    run.signal.throwIfAborted();
    const next = await nextOf(run, count);
    if (next !== "undo") return await finish(run, journal, next === "import");
    await undoIfPossible(project.directory, output);
    return undefined;
  } catch (error) {
    await undoIfPossible(project.directory, output);
    throw error;
  }
}

async function nextOf({ options, project, pulumi, signal }: Run, count: number): Promise<"import" | "keep" | "undo"> {
  if (options.import) return "import";
  if (options.yes || !canAsk() || pulumi === undefined || !project.hasProvider) return "keep";
  return await nextStep(count, options.stack, signal);
}
