import { printable } from "../../domain/text/printable.ts";
import type { Output } from "../terminal/output.ts";
import { type Candidate, type Candidates, keyOf } from "./candidates.ts";
import { importArguments } from "./engine.ts";
import { FOLDER, IMPORT_FILE, type Journal } from "./journal.ts";
import type { AdoptionPlan } from "./plan.ts";
import { importLine, type Project } from "./project.ts";
import type { Undone } from "./undo-files.ts";

const FITS = { asIs: "", changes: "first update changes it", cannot: "cannot be adopted as it is" } as const;

/** Shows what is live, what is managed and what is not. */
export function showCandidates({ counts, candidates, elsewhere }: Candidates, output: Output): void {
  output.table(
    ["Kind", "Live", "Managed", "Unmanaged"],
    counts.map(({ kind, live, managed }) => [kind, String(live), String(managed), String(live - managed)]),
  );
  output.print();
  if (candidates.length === 0) output.print("Everything that is live is managed.");
  else showUnmanaged(candidates, output);
  output.print();
  for (const { label, why } of candidates) for (const text of why) output.note(printable(`${label}: ${text}`));
  for (const provider of elsewhere) {
    const name = provider.split("::").slice(3).join("::");
    output.note(
      printable(
        `The resources of provider "${name}" in this stack are those of another organization, and do not count here.`,
      ),
    );
  }
}

function showUnmanaged(candidates: readonly Candidate[], output: Output): void {
  output.print("Not managed:");
  output.table(
    ["Object", "Name in the program", "What it is", ""],
    candidates.map((one) => [keyOf(one), one.name, one.label, FITS[one.fits]]),
  );
}

/** What an adoption would do or did, for `--json`; never the value of a secret. */
export function candidatesData({ counts, candidates, managed }: Candidates) {
  const object = ({ kind, id, name, label, fits, why }: Candidate) => ({ kind, id, name, label, fits, why });
  return {
    kinds: counts,
    managed: managed.map(({ kind, id, name }) => ({ kind, id, name })),
    unmanaged: candidates.map(object),
  };
}

export function planData(plan: AdoptionPlan, project: Project) {
  return {
    chosen: plan.resources.map(keyOf),
    files: [plan.program.path, IMPORT_FILE],
    entry: project.entry ?? null,
    line: importLine(project, plan.program.path),
    secrets: plan.secrets.map(({ key, kind, resource, property }) => ({ key, kind, resource, property })),
  };
}

/** What is left to be done by hand, in the project's folder. */
export function commandsOf(
  {
    secrets,
    configured,
    stage,
    ...journal
  }: Pick<Journal, "configured" | "stage" | "protect" | "stack"> & {
    readonly secrets: ReadonlyArray<{ readonly key: string }>;
  },
  { hasProvider }: Project,
): string[] {
  const open = secrets.filter(({ key }) => !configured.includes(key));
  const stack = journal.stack === undefined ? "" : ` --stack ${journal.stack}`;
  const taken = stage === "imported";
  return [
    ...(hasProvider ? [] : ["npm install pulumi-anomify"]),
    ...open.map(({ key }) => `anomify adopt --print-secret ${key} | pulumi config set --secret ${key}${stack}`),
    ...(taken ? [] : [`pulumi ${importArguments(IMPORT_FILE, journal).join(" ")}`]),
    `pulumi preview --expect-no-changes${stack}`,
    `rm -r ${FOLDER}`,
  ];
}

export function showUndone({ undone, kept }: Undone, output: Output): void {
  output.note(undone.length === 0 ? "There was nothing to take back." : `Taken back: ${undone.join(", ")}.`);
  for (const line of kept) output.note(line);
}
