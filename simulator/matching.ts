// Which metrics are meant, by the words of the contract: see `chips` of the schema Watcher and `pattern` of /exclusion/add.

/**
 * The elements of a name, which are parted at dots. Of a labelled name, `http.requests{service="cart"}`, each label and each value
 * is an element too; a value is never parted.
 */
export function elementsOf(name: string): string[] {
  const start = name.indexOf("{");
  const bare = start === -1 ? name : name.slice(0, start);
  const labels = start === -1 ? [] : [...name.slice(start).matchAll(/([^={,]+)="([^"]*)"/g)];
  return [...bare.split("."), ...labels.flatMap(([, label = "", value = ""]) => [label, value])].filter(Boolean);
}

/** The elements of a name that can be picked as chips: those with a dot or a comma in them cannot. */
export function chipsOf(name: string): Set<string> {
  return new Set(elementsOf(name).filter((element) => !/[.,]/.test(element)));
}

/** Whether a metric is watched by these chips. One that is repeated, or has a dot in it, matches nothing. */
export function matchesChips(name: string, chips: readonly string[]): boolean {
  if (new Set(chips).size < chips.length || chips.some((chip) => chip.includes("."))) return false;
  return matchesElements(name, chips);
}

/** Whether a metric is excluded by this pattern: by any of its terms, which stand between commas. */
export function matchesPattern(name: string, pattern: string): boolean {
  const terms = pattern
    .split(",")
    .map((term) => term.trim())
    .filter(Boolean);
  return terms.some((term) => matchesElements(name, term.split(".")));
}

/**
 * The engine looks for `org_<id>.` and the wanted elements as one text in the full name, which begins so where it is dotted; if that
 * is not there, for all elements, in any order. In front of a labelled name it has nothing.
 */
function matchesElements(name: string, wanted: readonly string[]): boolean {
  if (!name.includes("{") && name.startsWith(wanted.join("."))) return true;
  const elements = new Set(elementsOf(name));
  return wanted.every((element) => elements.has(element));
}
