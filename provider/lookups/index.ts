import { printableLines } from "../../domain/text/printable.ts";
import type { ConfigReader } from "../organization/config.ts";
import { messageOf } from "../runtime/messages.ts";
import { checkArgs } from "./args.ts";
import { getChips, getMetrics } from "./metrics.ts";
import { getExclusionTypes, getOrganization } from "./organization.ts";
import { getChannel, getChannels, getUser, getUsers } from "./people.ts";
import type { Sources } from "./source.ts";
import { getWatcher, getWatchers } from "./watchers.ts";

export { Sources } from "./source.ts";

/** Everything that a program can ask for, free of Pulumi. Each gets what the arguments are, checked. */
export const lookups = {
  getUser,
  getUsers,
  getChannel,
  getChannels,
  getChips,
  getMetrics,
  getWatcher,
  getWatchers,
  getExclusionTypes,
  getOrganization,
};

export type Lookups = typeof lookups;
export type LookupName = keyof Lookups;
export type ArgsOf<Name extends LookupName> = Parameters<Lookups[Name]> extends [unknown, infer Args] ? Args : object;
export type ResultOf<Name extends LookupName> = Awaited<ReturnType<Lookups[Name]>>;

/** Answers one look-up. @throws Error that begins with its name, for every failure that a user can mend */
export async function answer<Name extends LookupName>(
  name: Name,
  args: ArgsOf<Name>,
  sources: Sources,
  config: ConfigReader,
): Promise<ResultOf<Name>> {
  try {
    checkArgs(name, args);
    const ask = lookups[name] as (source: unknown, args: unknown) => Promise<ResultOf<Name>>;
    return await ask(sources.open(config, process.env), args);
  } catch (error) {
    throw new Error(printableLines(`${name}: ${messageOf(error)}`), { cause: error });
  }
}
