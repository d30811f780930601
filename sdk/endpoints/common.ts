import { integer, optional, unixSeconds } from "../wire.ts";

/** A span of time. All names are assumed. */
export const span = {
  /** Start of the span, a `Date` or unix seconds. */
  from: optional(unixSeconds),
  /** End of the span, a `Date` or unix seconds; now when left out. */
  until: optional(unixSeconds),
} as const;

/** A page of a listing. Both names are assumed. */
export const paging = {
  /** At most this many items; fewer mean that the end is reached. @default 100 */
  limit: optional(integer),
  /** Items to skip. @default 0 */
  offset: optional(integer),
} as const;
