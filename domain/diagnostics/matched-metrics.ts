import { MAX_THRESHOLD_METRICS } from "../limits.ts";
import { isParted, repeated } from "../metrics/matching.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import type { Finding, MatchedCount } from "./diagnostic.ts";

/** Chips that match nothing. @param known chips that occur in the names of metrics; empty where those are not known */
export function noMetric(chips: readonly string[], { estimate }: MatchedCount, known: readonly string[] = []): Finding {
  const parted = chips.filter(isParted);
  const strange = known.length === 0 ? [] : chips.filter((chip) => !known.includes(chip) && !isParted(chip));
  const hints = [
    ...repeated(chips).map((chip) => `"${chip}" is there twice: chips that are repeated match nothing. Name it once.`),
    ...parted.map((chip) => `"${chip}" has a dot or a comma: a chip is one element of a name, ${elementsIn(chip)}.`),
    ...strange.map((chip) => `"${chip}" is in no name.${didYouMean(chip, known)}`),
  ];
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

/** `such as "a" or "b"`. */
function elementsIn(chip: string): string {
  const elements = new Set(chip.split(/[.,]/).filter((element) => element !== ""));
  return `such as ${[...elements].map((element) => `"${element}"`).join(" or ")}`;
}

const estimateOf = (estimate: boolean): string => (estimate ? " (estimate)" : "");
