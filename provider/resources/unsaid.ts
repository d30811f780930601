import type { Organization } from "../organization/organization.ts";

/** What a reply does not say is neither none nor a change: it is as recorded. */

/** The value of a reply; what is recorded, or null, where the reply does not say it. */
export const said = <Value>(live: Value | null | undefined, recorded: Value | null | undefined): Value | null =>
  live === undefined ? (recorded ?? null) : live;

/**
 * Warns of what a list does not say of an object, where the record has something: its drift is not seen.
 *
 * @param fields by the name of the field in replies: its live value, and whether the record has something of it
 */
export function warnOfUnsaid(
  org: Organization,
  label: string,
  fields: Readonly<Record<string, { readonly live: unknown; readonly isRecorded: boolean }>>,
): void {
  for (const [field, { live, isRecorded }] of Object.entries(fields)) {
    if (live !== undefined || !isRecorded) continue;
    org.reporter.warn(
      `${label}: Anomify's list does not say ${field}, so a change of it outside the program is not seen. If it is there under another name, map it with anomify:wire.`,
    );
  }
}

/** Whether a record has something: not null, nor an empty list or text. */
export const hasValue = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
