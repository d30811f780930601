import { answer, type LookupName, lookups, type Sources } from "../../lookups/index.ts";
import type { ConfigReader } from "../../organization/config.ts";
import type { Values } from "../../runtime/definition.ts";
import { didYouMean } from "../../runtime/messages.ts";
import { withTexts } from "../core/normal-form.ts";

/** Names of the functions of the package: the look-ups. */
export const functionNames = Object.keys(lookups) as LookupName[];

/** A function must return an object: the key that holds the list of one that answers with a list, such as `users`. */
export function listKey(name: LookupName): string {
  const plural = name.replace(/^get/, "");
  return plural.charAt(0).toLowerCase() + plural.slice(1);
}

/** @throws Error for an unknown function, wrong arguments, and every failure that a user can mend */
export async function callFunction(
  name: string,
  args: Values,
  { sources, config }: { readonly sources: Sources; readonly config: ConfigReader },
): Promise<Values> {
  if (!isFunction(name)) {
    throw new Error(`this version of the plugin has no function ${name}.${didYouMean(name, functionNames)}`);
  }
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
  const result = await answer(name, given as never, sources, config);
  return withTexts(Array.isArray(result) ? { [listKey(name)]: result } : result) as Values;
}

const isFunction = (name: string): name is LookupName => (functionNames as string[]).includes(name);
