import { z } from "zod";
import { text } from "./arguments.ts";
import type { GetChipsArgs, GetChipsResult, GetMetricResult, GetMetricsArgs } from "./results.ts";
import type { Source } from "./source.ts";

export const getChipsArguments = z.strictObject({
  chips: z.array(text.regex(/^[^,]*$/, "must not have a comma"), "must be a list").optional(),
});
export const getMetricsArguments = z.strictObject({
  search: z.string("must be text").optional(),
  limit: z.int("must be a whole number").min(1, "must be at least 1").optional(),
});

const SAMPLE = 20;
const DEFAULT_LIMIT = 100;
/** Metrics that are asked for at a time. */
const PAGE = 1000;

export async function getChips(source: Source, { chips = [] }: GetChipsArgs): Promise<GetChipsResult> {
  const chosen = [...new Set(chips.map((chip) => chip.trim()))].sort();
  const { data } = await source.once(JSON.stringify(["chips", chosen]), () =>
    // An empty list would be no choice, but a wrong parameter.
    source.org.api.watchers.chips({ ...(chosen.length > 0 ? { chips: chosen } : {}), metrics_limit: SAMPLE }),
  );
  return {
    chips: (data.chips ?? []).map(({ chip, metrics_count }) => ({ chip, metricsCount: metrics_count })),
    metricsCount: data.metrics_count,
    metrics: [...(data.metrics ?? [])],
  };
}

export async function getMetrics(
  source: Source,
  { search, limit = DEFAULT_LIMIT }: GetMetricsArgs,
): Promise<GetMetricResult[]> {
  if (!Number.isInteger(limit) || limit < 1) throw new Error("limit must be a whole number, at least 1");
  const wanted = search?.trim() || undefined;
  const found = await source.once(JSON.stringify(["metrics", wanted, limit]), () => read(source, wanted, limit));
  return found.map((metric) => ({ ...metric }));
}

async function read({ org }: Source, search: string | undefined, limit: number): Promise<GetMetricResult[]> {
  const found: GetMetricResult[] = [];
  for await (const { id, name, active } of org.api.metrics.iterate({ search, limit: Math.min(limit, PAGE) })) {
    found.push({ id, name, active: active ?? null });
    if (found.length === limit) break;
  }
  return found;
}
