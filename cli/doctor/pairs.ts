/** Something that is missing on one side, or unknown on the other. */
export interface Candidate {
  readonly name: string;
  /** Empty when not said. */
  readonly types: readonly string[];
  readonly description: string;
}

/** What was paired beyond doubt, and what a person has to decide. */
export interface Pairing {
  readonly sure: ReadonlyArray<{ readonly missing: string; readonly unknown: string }>;
  readonly open: ReadonlyArray<{ readonly missing: string; readonly candidates: readonly string[] }>;
}

/** Least likeness of two names or descriptions, from 0 to 1, for a pair among several. */
const leastLikeness = 0.5;
/** By how much the best candidate must beat the next one. */
const leastLead = 0.2;
/** Least likeness of the only two that there are, where their types say nothing. */
const leastAlone = 0.25;

/**
 * Pairs names that vanished with names that appeared at the same place. Two that are alone with the same type are a pair; among
 * several the names or descriptions must be alike, and more alike than with any other.
 */
export function pairUp(missing: readonly Candidate[], unknown: readonly Candidate[]): Pairing {
  const sure: Pairing["sure"][number][] = [];
  const open: Pairing["open"][number][] = [];
  for (const one of missing) {
    const ranked = rank(one, unknown);
    const [best] = ranked;
    if (best === undefined) continue;
    const rivals = rank(best.candidate, missing).filter(({ candidate }) => candidate.name !== one.name);
    const others = [...ranked.slice(1), ...rivals];
    const highest = Math.max(0, ...others.map(({ likeness }) => likeness));
    const typed = one.types.length > 0 && best.candidate.types.length > 0;
    const isSure =
      others.length === 0
        ? typed || best.likeness >= leastAlone
        : best.likeness >= leastLikeness && best.likeness - highest >= leastLead;
    if (isSure) sure.push({ missing: one.name, unknown: best.candidate.name });
    else open.push({ missing: one.name, candidates: ranked.map(({ candidate }) => candidate.name) });
  }
  return { sure, open };
}

function rank(one: Candidate, others: readonly Candidate[]) {
  return others
    .filter((other) => compatible(one.types, other.types))
    .map((candidate) => ({ candidate, likeness: likeness(one, candidate) }))
    .sort((a, b) => b.likeness - a.likeness);
}

/** Whether each type seen is one of those expected; an integer is a number, and what is not said fits. */
export function compatible(expected: readonly string[], seen: readonly string[]): boolean {
  if (expected.length === 0 || seen.length === 0) return true;
  const solid = seen.filter((type) => type !== "null");
  return solid.every((type) => expected.includes(type) || (type === "integer" && expected.includes("number")));
}

function likeness(one: Candidate, other: Candidate): number {
  const described = one.description !== "" && other.description !== "";
  return Math.max(
    dice(pairsOf(one.name), pairsOf(other.name)),
    described ? dice(wordsOf(one.description), wordsOf(other.description)) : 0,
  );
}

const pairsOf = (name: string): Set<string> => {
  const text = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)));
};
const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[a-z0-9]{3,}/g) ?? []);

function dice(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size + other.size === 0) return 0;
  const shared = [...one].filter((item) => other.has(item)).length;
  return (2 * shared) / (one.size + other.size);
}
