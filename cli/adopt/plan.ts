import { type ImportFile, importFileOf } from "../export/import-file.ts";
import type { PlannedFile, PlannedSecret } from "../export/model.ts";
import { config, declaration, groupsOf, moduleFile } from "../export/program.ts";
import { secretsOf } from "../export/resources.ts";
import * as syntax from "../export/syntax.ts";
import type { Candidate } from "./candidates.ts";

/** What an adoption adds to a project. */
export interface AdoptionPlan {
  /** The new part of the program. */
  readonly program: PlannedFile;
  readonly importFile: ImportFile;
  readonly secrets: readonly PlannedSecret[];
  readonly resources: readonly Candidate[];
}

/** Pure, and the same bytes for the same objects. @param path of the new part of the program, below the project's folder */
export function planAdoption(
  organization: { readonly id: number; readonly name: string },
  resources: readonly Candidate[],
  path: string,
  protect: boolean,
): AdoptionPlan {
  const heading = syntax.commentLines(
    `Adopted from Anomify organization ${JSON.stringify(organization.name)} (id ${organization.id}).`,
  );
  const { text, mode } = moduleFile("adopted", statements(resources, protect), heading);
  return {
    program: { path, text, mode },
    importFile: importFileOf(resources, true),
    secrets: resources.flatMap(secretsOf),
    resources,
  };
}

function statements(resources: readonly Candidate[], protect: boolean): syntax.Statement[] {
  const secrets = resources.some(({ secretKeys }) => Object.keys(secretKeys).length > 0);
  // Said in the program too: else the first update would take the protection away again.
  const options = protect ? syntax.object({ protect: syntax.literal(true) }) : undefined;
  return [
    ...(secrets ? [syntax.imported("@pulumi/pulumi", "pulumi")] : []),
    syntax.imported("pulumi-anomify", "anomify"),
    ...(secrets ? [config()] : []),
    ...groupsOf(resources, []).flatMap((group) =>
      group.resources.map((one, index) => declaration(one, true, index === 0 ? [`${group.heading}.`] : [], options)),
    ),
  ];
}
