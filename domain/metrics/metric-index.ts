import { canMatch, elementSet, isParted, termsOf } from "./matching.ts";

/** Metric names by their elements: to ask many times which of them chips or patterns match. */
export class MetricIndex {
  /** Sorted, without duplicates. */
  readonly names: readonly string[];
  readonly #byElement = new Map<string, Set<string>>();

  constructor(names: readonly string[]) {
    this.names = [...new Set(names)].sort();
    for (const name of this.names) {
      for (const element of elementSet(name)) {
        const known = this.#byElement.get(element);
        if (known) known.add(name);
        else this.#byElement.set(element, new Set([name]));
      }
    }
  }

  /** All chips that occur in the names. */
  chips(): string[] {
    return [...this.#byElement.keys()].filter((element) => !isParted(element));
  }

  /** The metrics that a watcher with these chips watches, sorted. As `matchesChips`. */
  ofChips(chips: readonly string[]): string[] {
    return canMatch(chips) ? [...this.#ofElements(chips)].sort() : [];
  }

  /** The metrics that an exclusion with this pattern leaves out, sorted. As `matchesPattern`. */
  ofPattern(pattern: string): string[] {
    return [...new Set(termsOf(pattern).flatMap((term) => [...this.#ofElements(term)]))].sort();
  }

  #ofElements(wanted: readonly string[]): Set<string> {
    const found = new Set(this.#startingWith(wanted.join(".")));
    const sets = wanted.map((element) => this.#byElement.get(element) ?? new Set<string>());
    const [rarest, ...others] = sets.sort((a, b) => a.size - b.size);
    for (const name of rarest ?? []) if (others.every((set) => set.has(name))) found.add(name);
    return found;
  }

  /** Names without labels: only they have the organization's prefix in front. */
  #startingWith(start: string): string[] {
    let low = 0;
    let high = this.names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.names[middle] ?? "") < start) low = middle + 1;
      else high = middle;
    }
    const found: string[] = [];
    for (let index = low; this.names[index]?.startsWith(start); index += 1) {
      const name = this.names[index] ?? "";
      if (!name.includes("{")) found.push(name);
    }
    return found;
  }
}
