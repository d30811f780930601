// Lists that the contract takes to be whole, and that a service may give page by page all the same. A list that ends too early would
// make what is on its later pages look deleted.
import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { inWords } from "./error-builder.ts";
import { ApiError, ResponseShapeError } from "./errors.ts";
import { isObject } from "./raw-response.ts";
import type { Reply } from "./reply.ts";

/** Where a page begins, and how long it is. */
export interface PageOfList {
  readonly limit: number;
  readonly offset: number;
}

/** The key of the list that an operation without paging gives, if it gives one. */
export function listKeyOf({ call, data, params }: Endpoint): string | undefined {
  if (call !== "safe" || !(data instanceof z.ZodObject) || Object.hasOwn(params, "limit")) return undefined;
  const lists = Object.entries(data.shape).filter(
    ([, part]) => part instanceof z.ZodArray && part.element instanceof z.ZodObject,
  );
  return lists.length === 1 && Object.keys(data.shape).length === 1 ? lists[0]?.[0] : undefined;
}

/** Pages of services are that long; a list that happens to be costs one more request. */
const ROUND_SIZES: readonly number[] = [10, 20, 25, 50, 100, 200, 250, 500, 1000];
const TOTALS = ["total", "total_count", "total_items", "count"];
const NEXTS = ["next", "next_offset", "next_page", "next_cursor", "next_url", "has_more", "more"];
const PLACES = ["meta", "paging", "pagination", "page"];

/** How the pages of a list are read. */
interface Reading {
  readonly fetchPage: (page: PageOfList) => Promise<Reply<unknown>>;
  /** Whether a list is welcome that is not whole. */
  readonly allowPartial: boolean;
}

/** What a reply says of its own length. */
interface Extent {
  readonly total: number | undefined;
  /** Whether it says that there is more. */
  readonly isPartial: boolean;
}

function extentOf(data: Readonly<Record<string, unknown>>, count: number): Extent {
  const places = [data, ...PLACES.map((place) => data[place]).filter(isObject)];
  const said = (names: readonly string[]) => places.flatMap((place) => names.map((name) => place[name]));
  const total = said(TOTALS)
    .map((value) => (typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value))
    .find((value) => typeof value === "number");
  const hasNext = said(NEXTS).some((value) => ![undefined, null, false, "", 0, "0", "false"].includes(value as never));
  return { total, isPartial: hasNext || (total !== undefined && total > count) };
}

/**
 * The whole list, of which the reply has the first page. Without a sign of more, or when the service gives the same page again, that
 * is the reply itself.
 *
 * @throws ResponseShapeError when there is more that cannot be read, unless such a list is welcome
 */
export async function readToEnd(
  endpoint: Endpoint,
  first: Reply<unknown>,
  { fetchPage, allowPartial }: Reading,
): Promise<Reply<unknown>> {
  const key = listKeyOf(endpoint);
  if (key === undefined) return first;
  const data = first.data as Readonly<Record<string, unknown>>;
  const items = [...(data[key] as readonly unknown[])];
  const limit = items.length;
  let { isPartial } = extentOf(data, items.length);
  if (limit === 0 || (!isPartial && !ROUND_SIZES.includes(limit))) {
    if (isPartial && !allowPartial) throw unreadable(endpoint, key);
    return isPartial ? { ...first, partial: { certainty: "said", error: unreadable(endpoint, key) } } : first;
  }
  const seen = new Set(items.map((item) => JSON.stringify(item)));
  let isRefused = false;
  for (;;) {
    const reply = await fetchPage({ limit, offset: items.length }).catch((error: unknown) => {
      if (!(error instanceof ApiError) || (isPartial && !allowPartial)) throw error;
      // A service without pages may refuse to be asked for one; so may one whose pages are asked for in another way.
      isRefused = true;
      return undefined;
    });
    const page = ((reply?.data ?? {}) as Readonly<Record<string, unknown>>)[key] as readonly unknown[] | undefined;
    const fresh = (page ?? []).filter((item) => !seen.has(JSON.stringify(item)));
    if (fresh.length === 0) break;
    for (const item of fresh) seen.add(JSON.stringify(item));
    items.push(...fresh);
    const extent = extentOf(reply?.data as Readonly<Record<string, unknown>>, items.length);
    isPartial = extent.isPartial;
    const isShort = (page?.length ?? 0) < limit;
    if (!isPartial && (extent.total !== undefined || isShort)) break;
  }
  const read = { ...first, data: { ...data, [key]: items } };
  if (isPartial && !allowPartial) throw unreadable(endpoint, key);
  if (!isPartial && !isRefused) return read;
  return { ...read, partial: { certainty: isPartial ? "said" : "possible", error: unreadable(endpoint, key) } };
}

function unreadable(endpoint: Endpoint, key: string): ResponseShapeError {
  const { operation, method, path } = endpoint;
  const what = `The reply to ${inWords(operation)} (${operation}) cannot be used: the service says that there is more than it gives, also when asked with limit and offset`;
  const context = { operation, method, path, outcome: "refused", at: `data.${key}`, evidence: "assumed" } as const;
  return new ResponseShapeError(
    `${what}. What is not in the list is not known to be gone, so nothing is done. ${method} ${path}`,
    context,
  );
}
