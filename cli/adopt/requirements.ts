import { NO_PULUMI } from "../stack/pulumi.ts";
import type { Run } from "./run.ts";

/** What a step needs is looked for before the first one. @throws Error when it is not there */
export function requirements(run: Run, isUnderWay: boolean): void {
  const { options, project, pulumi } = run;
  if (pulumi === undefined && options.state === undefined) {
    throw new Error(NO_PULUMI);
  }
  if (options.state === "-" && !options.yes && !options.dryRun) {
    throw new Error("With --state - nobody can be asked: give --yes and what to adopt, or --dry-run.");
  }
  if (options.out !== undefined && !/^(?!\.\.?(\/|$)|\/).+\.ts$/.test(options.out)) {
    throw new Error(
      `--out ${options.out} is not a TypeScript file below the folder of the project, such as alerts/adopted.ts.`,
    );
  }
  // An adoption whose files are written goes on, and a survey goes first.
  const [refusal] = isUnderWay || options.dryRun ? [] : refusalOf(run);
  if (refusal !== undefined) throw new Error(`Nothing was written. ${refusal}`);
  if (!options.import) return;
  if (pulumi === undefined) {
    throw new Error(
      "There is no pulumi on PATH to run the import with. Leave out --import to be shown what to run by hand.",
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

/** Why the program cannot be given a new module. Whoever names the file and imports it by hand needs no help with that. */
export function refusalOf({ options, project }: Run): string[] {
  const byHand = options.out !== undefined && !options.edit;
  return project.refusal === undefined || byHand ? [] : [project.refusal];
}
