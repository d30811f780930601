import { readStoredAnomalies, type StoredAnomalies } from "../../provider/organization/anomalies.ts";
import type { Span } from "../../routing/index.ts";
import type { AnomifyClient } from "../../sdk/index.ts";
import type { Progress } from "../terminal/progress.ts";

export type { StoredAnomalies } from "../../provider/organization/anomalies.ts";

export interface ReadAnomaliesOptions {
  /** The newest are read up to this number. @default 100_000 */
  readonly most?: number;
  readonly progress?: Progress;
}

/**
 * Reads the stored anomalies of an organization in a span of time. What the API leaves open (its order, its pages) is not relied
 * on; `notes` says what may be missing, and `span` what is covered.
 *
 * @throws AnomifyError
 */
export async function readAnomalies(
  client: AnomifyClient,
  span: Span,
  { most, progress }: ReadAnomaliesOptions = {},
): Promise<StoredAnomalies> {
  const read = await readStoredAnomalies(client, span, {
    ...(most === undefined ? {} : { most }),
    onPage: (count) => progress?.step(`Reading anomalies (${count})`),
  });
  if (read.ageSeconds <= 0) return read;
  const stale = `The list of anomalies comes from Anomify's cache and is ${Math.round(read.ageSeconds)} seconds old.`;
  return { ...read, notes: [...read.notes, stale] };
}
