import { type Endpoint, type Evidence, evidenceOfName } from "./endpoint.ts";

const compare = "`anomify doctor --suggest` to compare the service with what this release assumes";
const option = "the client option wire (in Pulumi: anomify:wire)";

/** The next step after a reply that cannot be used; `nameable` when another name may be all that is wrong. */
export function afterBadReply(evidence: Evidence, nameable: boolean): string {
  if (evidence === "documented") return "Run `anomify doctor` to see what the service answers now.";
  return `Run ${compare}${nameable ? `; ${option} can map the name` : ""}.`;
}

/** What a refusal named. */
export interface Named {
  /** Names of parameters, ours where there is one. */
  readonly errors: readonly string[];
  readonly message: string;
}

/** The next step after a 400, when the cause may be a name that is only assumed. */
export function afterRefusal(endpoint: Endpoint, { errors, message }: Named): string | undefined {
  const isGuess = (name: string): boolean =>
    evidenceOfName(endpoint, name) === "assumed" && endpoint.real?.params.has(name) !== true;
  const guesses = Object.keys(endpoint.params).filter(isGuess);
  // One word alone may be meant as a word, and not as the parameter of that name.
  const words = new Set(message.match(/\w+_\w+/g));
  const named = guesses.filter((name) => errors.includes(name) || words.has(name));
  if (named.length > 0) {
    const names = `${named.join(", ")} ${named.length === 1 ? "is an assumed name" : "are assumed names"}`;
    return `${names}: if the value is right, run ${compare}; ${option} can map it.`;
  }
  const isForeign = errors.some((name) => !Object.hasOwn(endpoint.params, name));
  if (!isForeign || guesses.length === 0) return undefined;
  return `The service names a parameter that is not sent: run ${compare}; ${option} can map a name.`;
}

/** The next step after a 404 that did not come from the API itself. */
export function afterNoSuchPath({ evidence }: Endpoint): string | undefined {
  if (evidence === "documented") return undefined;
  return `What is at this path is ${evidence}: check the endpoint, or run ${compare}; ${option} can map the path.`;
}
