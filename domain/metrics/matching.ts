/**
 * Which metric names a watcher or an exclusion matches, decided without asking the service. The rules are those of the engine's
 * public source; the service may search otherwise, so what they give alone is an estimate.
 */

/**
 * The elements of a metric's name, which are parted at dots. Of a labelled name, `http.requests{service="cart"}`, each label and
 * each value is an element too; a value is never parted.
 */
function elementsOf(metric: string): string[] {
  const { bare, labels } = partsOf(metric);
  const pairs = labels.matchAll(/([^={,]+)="([^"]*)"/g);
  const labelled = Array.from(pairs, ([, label = "", value = ""]) => [label, value]).flat();
  return [...bare.split("."), ...labelled].filter((element) => element !== "");
}

function partsOf(metric: string): { bare: string; labels: string } {
  const start = metric.indexOf("{");
  return start < 0 ? { bare: metric, labels: "" } : { bare: metric.slice(0, start), labels: metric.slice(start) };
}

/** Elements of a metric's name, which patterns are compared with. */
export const elementSet = (metric: string): Set<string> => new Set(elementsOf(metric));

/** Whether no metric can match because of this chip: the engine parts chips at dots and commas, and elements have none. */
export const isParted = (chip: string): boolean => /[.,]/.test(chip);

/** Elements of a metric's name that can be picked as chips. */
export const chipsOf = (metric: string): Set<string> =>
  new Set(elementsOf(metric).filter((element) => !isParted(element)));

/** Chips that are named more than once. The engine counts each element once, so that all of them never are there. */
export const repeated = (chips: readonly string[]): string[] => [
  ...new Set(chips.filter((chip, index) => chips.indexOf(chip) < index)),
];

/** Whether chips can match a metric at all. No chips match nothing. */
export const canMatch = (chips: readonly string[]): boolean =>
  chips.length > 0 && repeated(chips).length === 0 && !chips.some(isParted);

/** Whether a watcher with these chips watches a metric: in order at the start of its name, or each an element of it. */
export const matchesChips = (metric: string, chips: readonly string[]): boolean =>
  canMatch(chips) && matchesElements(metric, chips);

/**
 * The terms of an exclusion's pattern, each as the elements that it looks for. A pattern is one term, or several between commas:
 * a metric that any of them matches is left out.
 */
export const termsOf = (pattern: string): string[][] =>
  pattern
    .split(",")
    .map((term) => term.trim())
    .filter((term) => term !== "")
    .map((term) => term.split("."));

/** Whether an exclusion with this pattern leaves a metric out. */
export const matchesPattern = (metric: string, pattern: string): boolean =>
  termsOf(pattern).some((term) => matchesElements(metric, term));

/**
 * The engine looks for the organization's prefix and the wanted elements as one text, which is the start of a name that has no
 * labels; if that is not there, for all elements, in any order.
 */
function matchesElements(metric: string, wanted: readonly string[]): boolean {
  if (partsOf(metric).labels === "" && metric.startsWith(wanted.join("."))) return true;
  const elements = elementSet(metric);
  return wanted.every((element) => elements.has(element));
}
const SILENCING_TYPES = ["skip_analysis", "skip_metrics", "drop_metrics"];
const OTHER_TYPES = ["no_stale_alert", "no_learning", "learn_repetitive_patterns", "alert_on_stale_metrics"];
/** The keys of exclusion types that are known. The set is open. */
export const EXCLUSION_TYPES: readonly string[] = [...SILENCING_TYPES, ...OTHER_TYPES];

/**
 * Whether an exclusion of this type keeps the metrics that it matches from being analyzed, so that nobody is notified of them;
 * undefined for a type of which nothing is known. The keys are assumed, and the set of types is open.
 */
export function silences(type: string): boolean | undefined {
  if (SILENCING_TYPES.includes(type)) return true;
  return OTHER_TYPES.includes(type) ? false : undefined;
}
