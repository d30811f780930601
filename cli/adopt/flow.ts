import { readInventory } from "../../provider/inventory.ts";
import { type ConnectionOptions, openConnection } from "../connection.ts";
import { Exit, FAILED } from "../exit.ts";
import { type JudgedInventory, judgeInventory } from "../export/judge.ts";
import { type Output, printable } from "../output.ts";
import { withProgress } from "../progress.ts";
import { canAsk, confirmed } from "../questions.ts";
import { type Chosen, chosenByFlags, chosenByHand, nextStep, type Wanted } from "./choose.ts";
import { importedOf, stateOf } from "./engine.ts";
import { close, finish, type Outcome } from "./finish.ts";
import { FOLDER, type Journal, readJournal } from "./journal.ts";
import { keyOf, type Offer, offerOf } from "./offer.ts";
import { type AdoptionPlan, planAdoption } from "./plan.ts";
import { adoptedPath, findProject, importLine, type Project } from "./project.ts";
import { findPulumi, type Pulumi } from "./pulumi.ts";
import { commandsOf, offerData, planData, showOffer } from "./report.ts";
import { type ManagedResource, managedResources, readStateFile } from "./state.ts";
import { takeBackIfPossible } from "./take-back.ts";
import { inTheWay, writeAdoption } from "./write.ts";

export interface AdoptOptions extends ConnectionOptions, Wanted {
  /** Folder of the project. */
  readonly cwd: string;
  readonly stack?: string;
  /** File with the state, or `-`. */
  readonly state?: string;
  /** Path of the new part of the program. */
  readonly out?: string;
  /** Whether the import line is appended. */
  readonly edit: boolean;
  readonly import?: true;
  readonly verify?: true;
  readonly protect: boolean;
  readonly yes?: true;
  readonly dryRun?: true;
}

/** One run of the command. */
interface Run {
  readonly options: AdoptOptions;
  readonly project: Project;
  readonly pulumi: Pulumi | undefined;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** The whole of `anomify adopt`, from the survey to the preview. */
export async function adopt(
  options: AdoptOptions,
  directory: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const project = await findProject(directory);
  const run: Run = { options, project, pulumi: findPulumi(directory, signal), output, signal };
  requirements(run);
  const pending = await readJournal(directory);
  if (pending !== undefined && options.import) return await goOn(run, pending);
  const { inventory, state } = await survey(run);
  if (pending !== undefined) await settle(run, pending, state);
  const offer = offerOf(inventory, state, project.configKeys);
  showOffer(offer, output);
  if (offer.elsewhere.some((provider) => !provider || provider.split("::").at(-1)?.startsWith("default"))) {
    throw new Error(
      "Nothing was written: this stack manages another organization. Check --profile and the project, and the config key anomify:token of the stack.",
    );
  }
  const chosen = await choose(offer, options);
  for (const line of chosen?.skipped ?? []) output.note(line);
  if (chosen === undefined || chosen.chosen.length === 0) {
    if (offer.offered.length > 0) output.note("Nothing was chosen, and nothing was written.");
    return output.data({ ...offerData(offer), chosen: [], written: false, imported: false, verified: false });
  }
  const path = adoptedPath(project, options.out);
  const plan = planAdoption(inventory.organization, chosen.chosen, path, options.protect);
  await carryOut(run, offer, plan);
}

/** What a step needs is looked for before the first one. */
function requirements({ options, project, pulumi }: Run): void {
  if (pulumi === undefined && options.state === undefined) {
    throw new Error(
      "There is no pulumi on PATH. Install it (https://www.pulumi.com/docs/install), or give the state of the stack: pulumi stack export > state.json, then anomify adopt --state state.json",
    );
  }
  if (options.state === "-" && !options.yes && !options.dryRun) {
    throw new Error("With --state - nobody can be asked: give --yes and what to adopt, or --dry-run.");
  }
  if (options.out !== undefined && !/^(?!\.\.?(\/|$)|\/).+\.ts$/.test(options.out)) {
    throw new Error(
      `--out ${options.out} is not a TypeScript file below the folder of the project, such as alerts/adopted.ts.`,
    );
  }
  if (!options.import) return;
  if (pulumi === undefined) {
    throw new Error(
      "There is no pulumi on PATH to run the import with. Leave out --import to be told what to run by hand.",
    );
  }
  if (!project.hasProvider) {
    throw new Error(`pulumi-anomify is not installed in ${project.directory}. Run there: npm install pulumi-anomify`);
  }
  if (options.verify && (!options.edit || !project.editable)) {
    throw new Error(
      "Nothing was written: the preview would delete what was imported, since the program does not load its new part. Leave out --verify, and add the line by hand.",
    );
  }
}

/** What is live, and what the stack manages. */
async function survey({ options, pulumi, signal }: Run): Promise<{
  readonly inventory: JudgedInventory;
  readonly state: ManagedResource[];
}> {
  const state =
    options.state === undefined && pulumi !== undefined
      ? await stateOf(pulumi, options.stack)
      : managedResources(await readStateFile(options.state ?? "-"), options.state ?? "-");
  const { organization } = await openConnection(options, signal);
  const inventory = await withProgress("Reading the organization", async ({ step }) => {
    const read = await readInventory(organization);
    step(`Checking ${read.objects.length} objects`);
    return await judgeInventory(read, organization);
  });
  return { inventory, state };
}

/** An adoption that was finished by hand is closed; one that was not stands in the way of the next. */
async function settle(
  { options, project, output }: Run,
  pending: Journal,
  state: readonly ManagedResource[],
): Promise<void> {
  const done = importedOf(pending, state).length === pending.resources.length;
  if (done && !options.dryRun) {
    await close(project);
    output.note(`The adoption of ${pending.program.path} is complete: removed what ${FOLDER} kept about it.`);
  }
  if (done) return;
  output.note(`An adoption is under way: ${pending.program.path}. Nothing was written.`);
  output.note(
    "Go on with: anomify adopt --import, or take it back with: anomify adopt --undo. By hand it goes on with:",
  );
  for (const command of commandsOf(pending, project)) output.note(`  ${command}`);
  throw new Exit(FAILED);
}

async function choose(offer: Offer, options: AdoptOptions): Promise<Chosen | undefined> {
  const byFlags = chosenByFlags(offer, options);
  if (byFlags !== undefined || options.dryRun) return byFlags;
  return await chosenByHand(offer, options.kinds);
}

async function carryOut(run: Run, offer: Offer, plan: AdoptionPlan): Promise<void> {
  const { options, project, output } = run;
  const conflicts = await inTheWay(project, plan);
  const data = { ...offerData(offer), ...planData(plan, project), conflicts };
  if (options.dryRun) return output.data({ ...data, ...NOTHING, commands: showPlan(run, plan, conflicts) });
  if (conflicts.length > 0) {
    const paths = conflicts.join(", ");
    throw new Error(`Nothing was written. These are there already: ${paths}. Choose another file with --out.`);
  }
  const { code, ...done } = (await written(run, plan)) ?? { ...NOTHING, commands: [], code: 0 };
  output.data({ ...data, ...done });
  if (code !== 0) throw new Exit(FAILED);
}

const NOTHING = { written: false, edited: false, imported: false, verified: false };

/** Tells what would be written; returns the commands that come then. */
function showPlan({ options, project, output }: Run, plan: AdoptionPlan, conflicts: readonly string[]): string[] {
  const { protect, edit, stack } = options;
  const commands = commandsOf(
    { stage: "written", configured: [], secrets: plan.secrets, protect, ...(stack === undefined ? {} : { stack }) },
    project,
  );
  output.print(`Would write to ${project.directory}: ${plan.program.path}`);
  const where = edit && project.editable ? `Would append to ${project.entry}` : "To be added to the program";
  output.print(`${where}: ${importLine(project, plan.program.path)}`);
  for (const path of conflicts) output.print(`Is there already: ${path}`);
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
  if (!(await confirmed(printable(`${ask}?`), options.yes ?? false))) {
    output.note("Nothing was written.");
    return undefined;
  }
  try {
    run.signal.throwIfAborted();
    const journal = await writeAdoption(project, plan, { protect: options.protect, edit, stack: options.stack });
    run.signal.throwIfAborted();
    const next = await nextOf(run, count);
    if (next !== "undo") return await finish(run, journal, next === "import");
    await takeBackIfPossible(project.directory, output);
    return undefined;
  } catch (error) {
    await takeBackIfPossible(project.directory, output);
    throw error;
  }
}

async function nextOf({ options, project, pulumi }: Run, count: number): Promise<"import" | "keep" | "undo"> {
  if (options.import) return "import";
  if (options.yes || !canAsk() || pulumi === undefined || !project.hasProvider) return "keep";
  return await nextStep(count, options.stack);
}

/** Goes on with an adoption whose files are written. */
async function goOn(run: Run, pending: Journal): Promise<void> {
  const { options, project, output } = run;
  const open = pending.resources.length;
  output.note(`Going on with the adoption of ${pending.program.path} (${open} object${open === 1 ? "" : "s"}).`);
  if (!(await confirmed("Import them into the state now?", options.yes ?? false)))
    return output.note("Nothing was changed.");
  try {
    const { code, ...done } = await finish(run, pending, true);
    output.data({ chosen: pending.resources.map(keyOf), ...done });
    if (code !== 0) throw new Exit(FAILED);
  } catch (error) {
    await takeBackIfPossible(project.directory, output);
    throw error;
  }
}
