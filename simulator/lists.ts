import type { Call } from "./call.ts";
import type { ParamSpecs } from "./params.ts";

// Time spans and pages, shared by all lists.

export const spanParams = { from: { type: "unix-seconds" }, until: { type: "unix-seconds" } } satisfies ParamSpecs;
export const pageParams = { limit: { type: "integer" }, offset: { type: "integer" } } satisfies ParamSpecs;

/** A time span, both ends included. */
export interface Span {
  from: number;
  until: number;
}

/** The span that is asked for: until now, and from so long before when `from` is left out. */
export function spanOf({ params, now }: Call, defaultSeconds = Number.POSITIVE_INFINITY): Span {
  const until = params.number("until") ?? now;
  return { until, from: params.number("from") ?? Math.max(0, until - defaultSeconds) };
}

/** Notes a problem when the span ends before it starts. */
export function checkSpan(call: Call): void {
  const { from, until } = spanOf(call);
  if (from > until) call.problems.add("from", "Must not be after until.");
}

/** Those inside the span, newest first. */
export function newestFirst<Item extends { timestamp: number; id: number }>(
  items: readonly Item[],
  { from, until }: Span,
): Item[] {
  return items
    .filter(({ timestamp }) => timestamp >= from && timestamp <= until)
    .sort((a, b) => b.timestamp - a.timestamp || b.id - a.id);
}

/** The page that is asked for. */
export function pageOf<Item>(items: readonly Item[], { params }: Call): Item[] {
  const offset = params.number("offset") ?? 0;
  return items.slice(offset, offset + (params.number("limit") ?? 100));
}
