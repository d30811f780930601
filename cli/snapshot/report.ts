import type { Output } from "../terminal/output.ts";
import type { Applied } from "./apply.ts";
import type { LiveOrganization } from "./live.ts";
import type { Remark, RestorePlan, Step } from "./plan.ts";

/** A plan without the values that it holds for the service. */
export function publicPlan(plan: RestorePlan) {
  return { ...plan, steps: plan.steps.map(publicStep) };
}

export function publicStep({ action, kind, id, title, changes }: Step) {
  return { action, kind, id, title, changes };
}

export function printPlan(plan: RestorePlan, output: Output): void {
  if (plan.steps.length > 0) {
    output.table(["Action", "Kind", "Id", "Name", "Property", "Now", "Then"], plan.steps.flatMap(rows));
    output.print();
  }
  remarks("Cannot be brought back:", plan.remaining, output);
  remarks("Left as it is:", plan.kept, output);
  printNewIds(plan.newIds, output);
}

function rows({ action, kind, id, title, changes }: Step): string[][] {
  const head = [action, kind, id, title];
  const [first, ...rest] = changes.map(({ property, before, after }) => [property, shown(before), shown(after)]);
  return [[...head, ...(first ?? ["", "", ""])], ...rest.map((change) => ["", "", "", "", ...change])];
}

/** A value in one line; `-` for none. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "-";
  if (Array.isArray(value)) return value.length === 0 ? "-" : value.map(String).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function remarks(title: string, list: readonly Remark[], output: Output): void {
  if (list.length === 0) return;
  output.print(title);
  output.table(
    ["Kind", "Id", "Name", "What"],
    list.map(({ kind, id, title: name, text }) => [kind, id, name, text]),
  );
  output.print();
}

function printNewIds(newIds: RestorePlan["newIds"], output: Output): void {
  for (const { kind, from, to } of newIds) output.print(`${kind} ${from} has the id ${to} now.`);
}

/** What a second look at the organization shows after the work. */
export interface Verdict {
  readonly applied: Applied;
  /** The plan as it would be now. */
  readonly after: RestorePlan;
  readonly state: LiveOrganization;
}

export function printVerdict({ applied, after, state }: Verdict, output: Output): void {
  output.print(
    `${applied.done.length} of ${applied.done.length + applied.failed.length + applied.untried} steps done.`,
  );
  printNewIds(applied.newIds, output);
  for (const { step, message } of applied.failed) {
    output.note(`${step.action} ${step.kind} "${step.title}" (${step.id}): ${message}`);
  }
  if (!state.live) {
    output.note(
      "Anomify answers from its cache, so the result cannot be verified now. Run the same command again later.",
    );
    return;
  }
  if (after.steps.length === 0)
    output.print("Verified: the organization is as in the snapshot, but for what is listed here.");
  else {
    output.print("Still differs. Run the same command again to go on:");
    output.table(
      ["Action", "Kind", "Id", "Name"],
      after.steps.map(({ action, kind, id, title }) => [action, kind, id, title]),
    );
  }
  remarks("Not brought back:", after.remaining, output);
  remarks("Left as it is:", after.kept, output);
}

export function verdictData({ applied, after, state }: Verdict) {
  return {
    applied: {
      done: applied.done.map(publicStep),
      failed: applied.failed.map(({ step, message }) => ({ ...publicStep(step), message })),
      untried: applied.untried,
    },
    newIds: applied.newIds,
    verified: state.live,
    remaining: { steps: after.steps.map(publicStep), remarks: after.remaining, kept: after.kept },
  };
}
