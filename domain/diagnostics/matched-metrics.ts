import { MAX_THRESHOLD_METRICS } from "../limits.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import type { Finding, MatchedCount } from "./diagnostic.ts";

/** Chips that match nothing. @param known chips that occur in the names of metrics; empty where those are not known */
export function noMetric(chips: readonly string[], { estimate }: MatchedCount, known: readonly string[] = []): Finding {
  const strange = known.length === 0 ? [] : chips.filter((chip) => !known.includes(chip));
  const hints = strange.map((chip) => `"${chip}" is in no name.${didYouMean(chip, known)}`);
  return {
    code: "no-metric",
    property: "chips",
    message: `match no metric of the organization${estimateOf(estimate)}, so nobody is notified`,
    hint: hints.length > 0 ? hints.join(" ") : "Choose others, or remove the watcher",
  };
}

/** A threshold watcher whose chips match more metrics than a rule can have; undefined when it does not. */
export function tooManyMetrics({ count, estimate }: MatchedCount): Finding | undefined {
  if (count <= MAX_THRESHOLD_METRICS) return undefined;
  return {
    code: "too-many-metrics",
    property: "chips",
    message: `match ${count} metrics${estimateOf(estimate)}, and a threshold watcher of more than ${MAX_THRESHOLD_METRICS} watches nothing (assumed)`,
    hint: "Add a chip that narrows them",
  };
}

const estimateOf = (estimate: boolean): string => (estimate ? " (estimate)" : "");
