import type { Values } from "../../runtime/definition.ts";

/** What Pulumi's dynamic provider host evaluates. Part of every state that it writes. */
export const PROVIDER_KEY = "__provider";
/** Where a program says which resource a check is about: the dynamic host does not. It ends there, and is never recorded. */
export const URN_KEY = "__urn";
/**
 * Where a program says which inputs it made secret: the dynamic host hands them over in clear, without a word. The state keeps
 * it where there are any, for the runs that have no program.
 */
export const SECRETS_KEY = "__secrets";

const ALL: readonly string[] = [PROVIDER_KEY, URN_KEY, SECRETS_KEY];

/** A fresh copy without what is the dynamic host's, and not the resource's own: a stack brings it along when it moves. */
export function withoutDynamicKeys(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !ALL.includes(key)));
}
