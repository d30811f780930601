import { Command } from "commander";
import { printable } from "../../domain/text/printable.ts";
import type { Organization } from "../../provider/organization/organization.ts";
import { type ConnectionOptions, openConnection, withConnection } from "../connection/connection.ts";
import type { Applied } from "../snapshot/apply.ts";
import type { Snapshot } from "../snapshot/format.ts";
import type { LiveOrganization } from "../snapshot/live.ts";
import type { RestorePlan, Step } from "../snapshot/plan.ts";
import { Exit, FAILED, INCOMPLETE } from "../terminal/exit.ts";
import { interruptible, type Standing } from "../terminal/interrupt.ts";
import { createOutput, type Output } from "../terminal/output.ts";
import { withProgress } from "../terminal/progress.ts";
import { confirmed } from "../terminal/questions.ts";

interface RestoreFlags extends ConnectionOptions {
  readonly prune?: true;
  readonly acceptCache?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

const HELP = `
Brings back what was deleted, undoes what was changed, and with --prune deletes watchers and exclusions that are new. People
are never removed or added. Deleted watchers come back with their ids; what is gone for good gets new ones, which are shown.
The plan is shown first. Interrupted half-way, run the same command again: it goes on from where the organization is.

Examples:
  $ anomify restore before-the-change.json --dry-run
  $ anomify restore before-the-change.json --prune --yes`;

/** `anomify restore`: an organization back to what a snapshot says. */
export function restoreCommand(): Command {
  return withConnection(new Command("restore"))
    .description("Bring the organization back to how it was when a snapshot was written.")
    .argument("<file>", "snapshot of this organization, as written by anomify snapshot")
    .option("--prune", "delete watchers and exclusions that are new since the snapshot (default: they are kept)")
    .option("--accept-cache", "go on although Anomify answers with lists from its cache (default: refused)")
    .option("--dry-run", "print the plan, and write nothing")
    .option("--yes", "do not ask before the first write")
    .option("--json", "one JSON document on stdout: the plan, what was done, and what remains")
    .addHelpText("after", HELP)
    .action((file: string, flags: RestoreFlags) =>
      interruptible("Nothing was changed.", (signal, standing) => restore(file, flags, signal, standing)),
    );
}

async function restore(file: string, flags: RestoreFlags, signal: AbortSignal, standing: Standing): Promise<void> {
  const { readSnapshot } = await import("../snapshot/read.ts");
  const { printPlan, publicPlan } = await import("../snapshot/report.ts");
  const { planRestore } = await import("../snapshot/plan.ts");
  const snapshot = await readSnapshot(file, signal);
  const { organization } = await openConnection(flags, signal);
  const output = createOutput(flags.json ?? false);
  const state = await read(organization);
  refuseOther(snapshot, state);
  const plan = planRestore(snapshot, state, { prune: flags.prune ?? false });
  if (!state.live) output.note("Anomify answers from its cache: changes of the last hour may be missing in this plan.");
  printPlan(plan, output);
  if (flags.dryRun || plan.steps.length === 0) {
    if (plan.steps.length === 0) output.print("There is nothing to do.");
    output.data({ file, dryRun: flags.dryRun ?? false, plan: publicPlan(plan) });
    if (!flags.dryRun && plan.remaining.length > 0) throw new Exit(INCOMPLETE);
    return;
  }
  await allowed(plan, state, flags, signal);
  const applied = await apply(plan, organization, signal);
  standing(standingOf(plan, applied));
  signal.throwIfAborted();
  await verify(snapshot, plan, applied, organization, { ...flags, file, output });
}

async function read(organization: Organization): Promise<LiveOrganization> {
  const { readLive } = await import("../snapshot/live.ts");
  return await withProgress("Reading the organization", () => readLive(organization));
}

function refuseOther(snapshot: Snapshot, { organization }: LiveOrganization): void {
  if (snapshot.organization.id === organization.id) return;
  throw new Error(
    `The snapshot is of organization ${snapshot.organization.id} (${snapshot.organization.name}), and the credential of ${organization.id} (${organization.name}). ` +
      "Choose the right one with --profile. To bring a configuration to another organization, write it as a program: anomify export --as component",
  );
}

async function allowed(
  plan: RestorePlan,
  state: LiveOrganization,
  flags: RestoreFlags,
  signal: AbortSignal,
): Promise<void> {
  if (!state.live && !flags.acceptCache) {
    throw new Error(
      "Nothing was written: Anomify answers with lists from its cache, and what was made since would be made twice. Try again later, or give --accept-cache to go on.",
    );
  }
  const { length } = plan.steps;
  const question = `Make ${length === 1 ? "this change" : `these ${length} changes`} to ${state.organization.name}?`;
  if (!(await confirmed(question, flags.yes ?? false, signal))) throw new Exit(FAILED);
}

async function apply(plan: RestorePlan, org: Organization, signal: AbortSignal): Promise<Applied> {
  const { applyPlan } = await import("../snapshot/apply.ts");
  const total = plan.steps.length;
  return await withProgress("Restoring", ({ step }) =>
    applyPlan(plan, org, signal, ({ action, title }, index) => step(`${action} ${title} (${index + 1} of ${total})`)),
  );
}

/** What was done and what is left, for the one who interrupts. */
function standingOf({ steps }: RestorePlan, { done, failed, untried }: Applied): string {
  const total = steps.length;
  if (untried === 0)
    return `All ${total} steps were tried, and the result was not verified. Run the same command again.`;
  const line = ({ action, kind, title, id }: Step) => printable(`  ${action} ${kind} "${title}" (${id})`);
  const [first, ...rest] = steps.slice(total - untried);
  return [
    `Stopped in step ${total - untried + 1} of ${total}. Run the same command again to go on.`,
    ...(done.length > 0 ? ["Done:", ...done.map(line)] : []),
    ...(failed.length > 0 ? ["Refused:", ...failed.map(({ step }) => line(step))] : []),
    ...(first === undefined ? [] : ["Under way, so that it may be done or not:", line(first)]),
    ...(rest.length > 0 ? ["Left:", ...rest.map(line)] : []),
  ].join("\n");
}

async function verify(
  snapshot: Snapshot,
  plan: RestorePlan,
  applied: Applied,
  org: Organization,
  { file, prune, output }: RestoreFlags & { readonly file: string; readonly output: Output },
): Promise<void> {
  const { printVerdict, publicPlan, verdictData } = await import("../snapshot/report.ts");
  const { planRestore } = await import("../snapshot/plan.ts");
  if (applied.untried > 0) {
    // The way to the service is broken: a second look would fail as well, and hide why.
    for (const { step, message } of applied.failed)
      output.note(`${step.action} ${step.kind} "${step.title}": ${message}`);
    output.note(`${applied.untried} steps were not tried. Run the same command again to go on.`);
    output.data({ file, dryRun: false, plan: publicPlan(plan), untried: applied.untried, verified: false });
    throw new Exit(FAILED);
  }
  const state = await read(org);
  const after = planRestore(snapshot, state, { prune: prune ?? false });
  printVerdict({ applied, after, state }, output);
  output.data({ file, dryRun: false, plan: publicPlan(plan), ...verdictData({ applied, after, state }) });
  if (applied.failed.length > 0 || (state.live && after.steps.length > 0)) throw new Exit(FAILED);
  if (after.remaining.length > 0) throw new Exit(INCOMPLETE);
}
