import { chipsOf, matchesChips } from "../matching.ts";
import { renderWatcher } from "../render.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";

/** Chips that are not chosen yet, with the count of metrics left when they are: the most selective first. */
function remainingChips(names: readonly string[], chosen: readonly string[]) {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const chip of chipsOf(name)) counts.set(chip, (counts.get(chip) ?? 0) + 1);
  }
  for (const chip of chosen) counts.delete(chip);
  return [...counts]
    .map(([chip, metrics_count]) => ({ chip, metrics_count }))
    .sort((a, b) => b.metrics_count - a.metrics_count || (a.chip < b.chip ? -1 : 1));
}

export const watchersRoutes: readonly Route[] = [
  route(
    "GET /watchers/list",
    "listWatchers",
    { cacheable: true, params: { include_deleted: { type: "boolean" } } },
    ({ state, params, now }) => ({
      watchers: state.watchers
        .filter((watcher) => !watcher.deleted || params.boolean("include_deleted"))
        .map((watcher) => renderWatcher(state, watcher, now)),
    }),
  ),
  route(
    "GET /watchers/chips",
    "listChips",
    { cacheable: true, params: { chips: { type: "csv" }, metrics_limit: { type: "integer" } } },
    ({ state, params }) => {
      const chosen = params.chips("chips") ?? [];
      const names = state.metrics.map(({ name }) => name).filter((name) => matchesChips(name, chosen));
      return {
        chips: remainingChips(names, chosen),
        metrics_count: names.length,
        metrics: names.slice(0, params.number("metrics_limit") ?? 20),
      };
    },
  ),
];
