import type { Endpoint } from "./endpoint.ts";
import { inWords } from "./error-builder.ts";
import { ResponseShapeError } from "./errors.ts";
import type { Reply } from "./reply.ts";

/** The part of the parameters that moves through a listing. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** How pages are asked for. */
export interface Paging {
  readonly fetchPage: (page: Page) => Promise<Reply<unknown>>;
  /** Whether the service takes the size of a page; else only an empty page is certainly the last one. */
  readonly isSized: () => boolean;
}

/** Page size when the caller names none; the API's own default (assumed). */
const defaultLimit = 100;

/**
 * Yields the items of a listing, fetching pages as they are needed. `limit` in `params` is the size of a page, `offset` where to
 * start. A page that is not full is the last one, where the service takes that size.
 */
export async function* iterate(
  endpoint: Endpoint,
  items: string,
  { fetchPage, isSized }: Paging,
  params: { readonly limit?: unknown; readonly offset?: unknown },
): AsyncGenerator<unknown, void, undefined> {
  const limit = (params.limit as number | undefined) ?? defaultLimit;
  let offset = (params.offset as number | undefined) ?? 0;
  let previous: string | undefined;
  for (;;) {
    const { data } = await fetchPage({ limit, offset });
    const page: readonly unknown[] = Reflect.get(data as object, items);
    const first = JSON.stringify(page[0]);
    // A server that ignores the offset would be read forever.
    if (page.length > 0 && first === previous) throw repeated(endpoint, items);
    yield* page;
    if (page.length === 0 || (page.length < limit && isSized())) return;
    previous = first;
    offset += page.length;
  }
}

function repeated(endpoint: Endpoint, items: string): ResponseShapeError {
  const { operation, method, path } = endpoint;
  const what = `Two pages of ${inWords(operation)} (${operation}) begin with the same item; that the API pages by limit and offset is assumed`;
  const context = { operation, method, path, outcome: "refused", at: `data.${items}`, evidence: "assumed" } as const;
  return new ResponseShapeError(`${what}. ${method} ${path}`, context);
}
