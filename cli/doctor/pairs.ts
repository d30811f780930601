/** Something that is missing on one side, or unknown on the other. */
export interface Candidate {
  readonly name: string;
  /** Empty when not said. */
  readonly types: readonly string[];
  readonly description: string;
  /** Of a parameter: whether it must be sent. */
  readonly required?: boolean;
  /** Of a parameter: where it travels. */
  readonly in?: string;
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
 * Pairs names that vanished with names that appeared at the same place.
 *
 * Two that are alone are a pair by their type, by both being required, or by names that are alike. A flag is one by its name
 * alone, since another name may say the opposite. Among several the names or descriptions must be alike, and more alike than
 * with any other. All else is for a person to decide.
 */
export function pairUp(missing: readonly Candidate[], unknown: readonly Candidate[]): Pairing {
  const sure: Pairing["sure"][number][] = [];
  const open: Pairing["open"][number][] = [];
  for (const one of missing) {
    const ranked = rank(one, unknown);
    const [best] = onlyRequired(one, ranked) ?? ranked;
    if (best === undefined) continue;
    const rivals = rank(best.candidate, missing).filter(({ candidate }) => candidate.name !== one.name);
    const others = [...ranked.filter((each) => each !== best), ...rivals];
    const highest = Math.max(0, ...others.map(({ likeness }) => likeness));
    const alike = best.likeness >= leastLikeness && best.likeness - highest >= leastLead;
    const isSure = !isOpposite(one, best.candidate) && (alike || isAlone(one, best, ranked, rivals));
    if (isSure) sure.push({ missing: one.name, unknown: best.candidate.name });
    else open.push({ missing: one.name, candidates: ranked.map(({ candidate }) => candidate.name) });
  }
  return { sure, open };
}

type Ranked = ReturnType<typeof rank>;

/** Of a required parameter: the only required one that could be it, since all that a request needs is sent under some name. */
function onlyRequired(one: Candidate, ranked: Ranked): Ranked | undefined {
  if (one.required !== true) return undefined;
  const required = ranked.filter(({ candidate }) => candidate.required === true);
  return required.length === 1 ? required : undefined;
}

/** Whether nothing else could be meant, and type, requiredness or name say that it is the same. */
function isAlone(one: Candidate, best: Ranked[number], ranked: Ranked, rivals: Ranked): boolean {
  const { candidate } = best;
  const places = one.in !== undefined && candidate.in !== undefined && one.in !== candidate.in;
  const bothRequired = one.required === true && candidate.required === true;
  if (bothRequired && !isFlag(one, candidate)) {
    const otherRequired = rivals.some((rival) => rival.candidate.required === true);
    return !places && !otherRequired && onlyRequired(one, ranked) !== undefined;
  }
  if (ranked.length > 1 || rivals.length > 0) return false;
  const typed = one.types.length > 0 && candidate.types.length > 0;
  const sameNeed = one.required === candidate.required;
  return best.likeness >= leastAlone || (typed && sameNeed && !places && !isFlag(one, candidate));
}

const isFlag = (...candidates: readonly Candidate[]): boolean =>
  candidates.some(({ types }) => types.includes("boolean"));

/** Words that turn a flag round. */
const negations =
  /^(no|not|non|never|without|exclude[ds]?|hide|hidden|disable[ds]?|inactive|skip|ignore[ds]?|mute[ds]?|suppress(ed)?|silent|off|un[a-z]{4,})$/;

/** Whether one name of a flag says the opposite of the other, as `include_deleted` and `exclude_deleted` do. */
function isOpposite(one: Candidate, other: Candidate): boolean {
  if (!isFlag(one, other)) return false;
  const turns = ({ name }: Candidate) => wordsOfName(name).filter((word) => negations.test(word)).length % 2;
  return turns(one) !== turns(other);
}

const wordsOfName = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);

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
