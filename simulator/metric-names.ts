import type { MetricFamily } from "./tenant.ts";

/** All names of the families, each place of a template filled with each of its values. */
export function metricNames(families: readonly MetricFamily[]): string[] {
  const names = families.flatMap((family) =>
    Object.entries(family.values).reduce(
      (filled, [place, values]) => filled.flatMap((name) => values.map((value) => name.replace(`{${place}}`, value))),
      [family.template],
    ),
  );
  return [...new Set(names)];
}

/** The parts of a name that can be picked as chips: runs of letters, digits, `_` and `-`. */
export function chipsOf(name: string): Set<string> {
  return new Set(name.match(/[A-Za-z0-9_-]+/g) ?? []);
}

/** Whether a metric is watched by these chips: each must be a part of its name. */
export function matchesChips(name: string, chips: readonly string[]): boolean {
  const parts = chipsOf(name);
  return chips.every((chip) => parts.has(chip));
}
