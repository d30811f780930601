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
