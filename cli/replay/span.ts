import { durationSeconds } from "../../domain/time/duration.ts";
import { duration } from "../../provider/resources/fields.ts";
import type { Span } from "../../routing/index.ts";

const DATE = /^\d{4}-\d{2}-\d{2}(T.+)?$/;

/**
 * The span between two times, each a duration (`7d`, before the end) or a date (`2026-11-01`, in UTC unless it says otherwise).
 *
 * @param now unix seconds
 * @returns what is wrong with which option, when something is
 */
export function spanOf(
  { since, until }: { readonly since: string; readonly until?: string },
  now: number,
): Span | { readonly option: string; readonly problem: string } {
  const end = until === undefined ? now : timeOf(until, now);
  const start = end === undefined ? undefined : timeOf(since, end);
  if (end === undefined) return { option: "--until <time>", problem: WRONG };
  if (start === undefined) return { option: "--since <time>", problem: WRONG };
  if (start >= end) return { option: "--since <time>", problem: "must be before --until (default: now)" };
  return { from: start, until: end };
}

const WRONG = 'must be a duration such as "7d" or a date such as "2026-11-01" or "2026-11-01T08:00Z"';

function timeOf(text: string, end: number): number | undefined {
  if (DATE.test(text)) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
  }
  const parsed = duration.safeParse(text);
  return parsed.success ? end - durationSeconds(parsed.data) : undefined;
}
