import { chipsOf } from "./matching.ts";

/** Metric names by the chips in them: to ask many times what chips match. */
export class MetricIndex {
  /** Sorted, without duplicates. */
  readonly names: readonly string[];
  readonly #byChip = new Map<string, Set<string>>();

  constructor(names: readonly string[]) {
    this.names = [...new Set(names)].sort();
    for (const name of this.names) {
      for (const chip of chipsOf(name)) {
        const known = this.#byChip.get(chip);
        if (known) known.add(name);
        else this.#byChip.set(chip, new Set([name]));
      }
    }
  }

  /** All chips that occur in the names. */
  chips(): string[] {
    return [...this.#byChip.keys()];
  }

  /** The metrics that a watcher with these chips watches, sorted. */
  ofChips(chips: readonly string[]): string[] {
    const sets = chips.map((chip) => this.#byChip.get(chip) ?? new Set<string>()).sort((a, b) => a.size - b.size);
    const [rarest, ...others] = sets;
    return [...(rarest ?? [])].filter((name) => others.every((set) => set.has(name)));
  }
}
