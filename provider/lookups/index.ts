import type { z } from "zod";
import { printableLines } from "../../domain/text/printable.ts";
import type { ConfigReader } from "../organization/config.ts";
import { messageOf } from "../runtime/messages.ts";
import { checkArguments, none } from "./arguments.ts";
import { getChips, getChipsArguments, getMetrics, getMetricsArguments } from "./metrics.ts";
import { getExclusionTypes, getOrganization } from "./organization.ts";
import { getChannel, getChannelArguments, getChannels, getUser, getUserArguments, getUsers } from "./people.ts";
import type { Sources } from "./source.ts";
import { getWatcher, getWatcherArguments, getWatchers, getWatchersArguments } from "./watchers.ts";

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

/** What each look-up takes. */
const schemas: Readonly<Record<LookupName, z.ZodObject>> = {
  getUser: getUserArguments,
  getUsers: none,
  getChannel: getChannelArguments,
  getChannels: none,
  getChips: getChipsArguments,
  getMetrics: getMetricsArguments,
  getWatcher: getWatcherArguments,
  getWatchers: getWatchersArguments,
  getExclusionTypes: none,
  getOrganization: none,
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
    checkArguments(schemas[name], args);
    const ask = lookups[name] as (source: unknown, args: unknown) => Promise<ResultOf<Name>>;
    return await ask(sources.open(config, process.env), args);
  } catch (error) {
    throw new Error(printableLines(`${name}: ${messageOf(error)}`), { cause: error });
  }
}
