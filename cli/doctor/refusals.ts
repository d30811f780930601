import { type Endpoint, evidenceOfName } from "../../sdk/endpoint.ts";
import { ApiError } from "../../sdk/index.ts";
import type { Hint } from "./fields.ts";
import { pairUp } from "./pairs.ts";

/** Parameters that a refusal names. */
interface Named {
  /** The service wants them. */
  readonly wanted: readonly string[];
  /** The service does not know them. */
  readonly unknown: readonly string[];
}

const name = "[\"'`]?([A-Za-z][A-Za-z0-9_]*)[\"'`]?";
const wantedPatterns = [
  new RegExp(`${name} (?:is|was) (?:required|missing|not given|empty)`, "gi"),
  new RegExp(`(?:missing|required)(?: required)?(?: parameter| field| argument)s?:? ${name}`, "gi"),
  new RegExp(`${name} (?:must be (?:given|set|present)|cannot be (?:blank|empty|null))`, "gi"),
];
const unknownPatterns = [
  new RegExp(
    `(?:unknown|unexpected|unrecognized|unsupported|invalid)(?: parameter| field| argument| key)s?:? ${name}`,
    "gi",
  ),
  new RegExp(`${name} is (?:unknown|unexpected|not (?:known|allowed|recognized|supported|a parameter))`, "gi"),
];
/** What stands where a name is looked for, and is none. */
const words = new Set([
  "parameter",
  "parameters",
  "field",
  "fields",
  "argument",
  "it",
  "this",
  "value",
  "which",
  "that",
]);

function namesOf({ message, errors = {} }: ApiError): Named {
  // The part that the client adds has names of its own.
  const said = message.slice(message.indexOf("("), message.indexOf("). ") + 1 || undefined);
  const texts = [
    said,
    ...Object.entries(errors).map(
      ([key, reason]) => `${key} ${/^(is|was|must|cannot)/i.test(reason) ? reason : `is ${reason}`}`,
    ),
  ];
  const found = (patterns: readonly RegExp[]) =>
    texts.flatMap((text) =>
      patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), ([, match = ""]) => match)),
    );
  const unknown = found(unknownPatterns);
  const foreign = Object.keys(errors);
  return {
    unknown: [...new Set(unknown)].filter((word) => !words.has(word.toLowerCase())),
    wanted: [...new Set([...found(wantedPatterns), ...foreign])].filter(
      (word) => !words.has(word.toLowerCase()) && !unknown.includes(word),
    ),
  };
}

/** Whether a refusal asks for this parameter by this name, so that the name is the service's own. */
export const asksFor = (error: unknown, parameter: string): boolean =>
  error instanceof ApiError && error.code === 400 && namesOf(error).wanted.includes(parameter);

/**
 * What a refusal of a call (400) says of the names of its parameters.
 *
 * @param proven those whose names are known to be the service's
 */
export function hintsOfRefusal(endpoint: Endpoint, error: ApiError, proven: ReadonlySet<string> = new Set()): Hint[] {
  if (error.code !== 400) return [];
  const { wanted, unknown } = namesOf(error);
  const theirs = wanted.filter((each) => !Object.hasOwn(endpoint.params, each));
  const guessed = Object.entries(endpoint.params).filter(
    ([ours]) =>
      evidenceOfName(endpoint, ours) !== "documented" &&
      !endpoint.path.includes(`{${ours}}`) &&
      !wanted.includes(ours) &&
      !proven.has(ours),
  );
  // A name that the service says it does not know is the one that changed; otherwise all that are only guessed may be it.
  const refused = guessed.filter(([ours]) => unknown.includes(ours));
  const missing = (refused.length > 0 ? refused : guessed.filter(([, { required }]) => required)).map(
    ([ours, { required }]) => ({ name: ours, types: [], description: "", required }),
  );
  const candidates = theirs.map((each) => ({ name: each, types: [], description: "", required: true }));
  const { sure, open } = pairUp(missing, candidates);
  const hint = (ours: string, real: readonly string[], isSure: boolean): Hint => ({
    operation: endpoint.operation,
    part: "params",
    ours,
    evidence: evidenceOfName(endpoint, ours),
    real,
    sure: isSure,
  });
  return [
    ...sure.map((pair) => hint(pair.missing, [pair.unknown], true)),
    ...open.map((pair) => hint(pair.missing, pair.candidates, false)),
  ];
}
