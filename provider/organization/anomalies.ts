import type { ReplayedAnomaly, Span } from "../../domain/routing/replay.ts";
import type { AnomifyClient } from "../../sdk/index.ts";

/** An anomaly that Anomify keeps. */
export interface StoredAnomaly extends ReplayedAnomaly {
  readonly id: number;
  /** Unix seconds. */
  readonly until: number;
}

export interface StoredAnomalies {
  /** In the order of time, each once. */
  readonly anomalies: readonly StoredAnomaly[];
  /** What they cover: shorter than what was asked for when there are more than `most`. */
  readonly span: Span;
  /** Seconds since the oldest part of the replies was true; 0 when nothing came from a cache. */
  readonly ageSeconds: number;
  /** Sentences on what may be missing. */
  readonly notes: readonly string[];
}

export interface ReadAnomaliesOptions {
  /** The newest are read up to this number. @default 100_000 */
  readonly most?: number;
  /** Called after each page, with the number so far. */
  readonly onPage?: (read: number) => void;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

const PAGE = 500;
/** The API's own size of a page (assumed): what is shorter is the last page, even where the API cuts larger ones. */
const MIN_PAGE = 100;
const MAX_ANOMALIES = 100_000;

/**
 * Reads the stored anomalies of an organization, page by page. Parameters and order of the list are assumed, so neither is
 * relied on: what is outside the span or notified twice is dropped, and what is missing for certain is said.
 *
 * @throws AnomifyError
 */
export async function readStoredAnomalies(
  client: AnomifyClient,
  { from, until }: Span,
  { most = MAX_ANOMALIES, onPage, signal }: ReadAnomaliesOptions = {},
): Promise<StoredAnomalies> {
  const found = new Map<number, StoredAnomaly>();
  const notes: string[] = [];
  let [ageSeconds, oldest, isSorted] = [0, Number.POSITIVE_INFINITY, true];
  for (let offset = 0; ; ) {
    const { data, status } = await client.anomalies.list({ from, until, limit: PAGE, offset }, { signal });
    ageSeconds = Math.max(ageSeconds, status.oldest_cached_component_age ?? 0);
    const known = found.size;
    for (const { id, metric, timestamp, until_timestamp } of data.anomalies) {
      isSorted &&= timestamp <= oldest;
      oldest = Math.min(oldest, timestamp);
      found.set(id, { id, metric, timestamp, until: until_timestamp ?? timestamp });
    }
    onPage?.(found.size);
    const size = data.anomalies.length;
    offset += size;
    if (size < MIN_PAGE || (isSorted && oldest < from)) break;
    if (found.size === known) {
      // A list that is sent whole, whatever page is asked for, has all of them; another one has no second page.
      if (size <= PAGE) notes.push("Anomify sent the same page of anomalies twice, so that older ones may be missing.");
      break;
    }
    if (found.size >= most) return { ...cut([...found.values()], { from, until }, isSorted), ageSeconds };
  }
  return { anomalies: within(found.values(), { from, until }), span: { from, until }, ageSeconds, notes };
}

/** What is left when there are more: all of the last part of the span where the newest come first, else any of them. */
function cut(found: readonly StoredAnomaly[], asked: Span, isSorted: boolean): Omit<StoredAnomalies, "ageSeconds"> {
  const incomplete = `There are more than the ${found.length} anomalies that were read`;
  if (!isSorted)
    return { anomalies: within(found, asked), span: asked, notes: [`${incomplete}, so that some are missing.`] };
  const oldest = found.reduce((least, { timestamp }) => Math.min(least, timestamp), asked.until);
  // Of its own second some may be on the next page.
  const span = { from: Math.max(asked.from, Math.min(oldest + 1, asked.until)), until: asked.until };
  const since = new Date(span.from * 1000).toISOString().replace(".000Z", "Z");
  return { anomalies: within(found, span), span, notes: [`${incomplete}: these are the ones since ${since}.`] };
}

function within(anomalies: Iterable<StoredAnomaly>, { from, until }: Span): StoredAnomaly[] {
  return [...anomalies]
    .filter(({ timestamp }) => from <= timestamp && timestamp < until)
    .sort((a, b) => a.timestamp - b.timestamp || a.id - b.id);
}
