import { z } from "zod";
import type { Organization } from "../organization/organization.ts";
import { documented } from "./fields.ts";

/** What resources have in common that always exist: they are adopted and released, never made or wiped. */

/** What happens to the object when the resource goes. */
export const onDelete = documented(
  z.enum(["release", "restore"], 'must be "release" or "restore"').default("release"),
  {
    description:
      'What happens when the resource is deleted: `"release"` leaves everything as it is, `"restore"` puts back what was there before.',
  },
);

/** Only what is set: a property that the program leaves out is not managed. */
export function managed<Values extends object>(values: Values): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Values]?: NonNullable<Values[Key]> };
}

/** Live values under the names that the record manages; null for the others. */
export function onlyManaged<Values extends object>(live: Values, recorded: object | undefined): Values {
  if (recorded === undefined) return live;
  const known = recorded as Record<string, unknown>;
  const entries = Object.entries(live).map(([key, value]) => [key, (known[key] ?? null) === null ? null : value]);
  return Object.fromEntries(entries) as Values;
}

/**
 * What was there before, as a record has it.
 *
 * @throws Error when the record lacks it: half of a state, or one that was edited
 */
export function previousOf<Previous extends object>(previous: Previous | undefined | null): Previous {
  if (typeof previous === "object" && previous !== null) return previous;
  throw new Error(
    'the state does not have what was there before (output "previous"), so it cannot be put back. Set onDelete: "release", run pulumi up, then delete it',
  );
}

/**
 * Whether another resource of this run has taken the object, so that its former owner lets it be. The user is shown it, since
 * the step reads like a deletion.
 */
export async function isHeldByAnother(
  org: Organization,
  object: string,
  { label, lastWrite }: { readonly label: string; readonly lastWrite: number },
): Promise<boolean> {
  if (!(await org.claims.isHeldByAnother(object, lastWrite))) {
    org.claims.release(object);
    return false;
  }
  org.reporter.inform(
    "another resource of this run has it now, so nothing of it is deleted or put back. If the resource was renamed or moved, the option aliases says so to Pulumi",
    label,
  );
  return true;
}
